import { RegistryError } from '../errors.ts';
import { isLoopback } from '../host.ts';
import { discard } from './response.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;

/**
 * Sends a request and follows redirects, as blob downloads need (OCI distribution-spec 1.1, "Pulling blobs"). `Authorization` stays
 * with the origin it is for: storage servers take a signature in the URL, and must not see the token. Requests with a body are not
 * followed; their redirect is the answer.
 * @throws RegistryError `REGISTRY_ERROR` for an endless chain, one that leaves TLS or one that leads to no web address
 */
export async function sendFollowing(transport: Transport, first: HttpRequest): Promise<HttpResponse> {
  let request = first;
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    const response = await transport.send(request);
    const { location } = response.headers;
    if (!REDIRECTS.has(response.status) || location === undefined || !followable(request)) return response;
    await discard(response);
    const url = URL.parse(location, request.url.href);
    if (url === null) throw refuse(request.url, 'a redirect to something that is no URL');
    request = redirected(request, url);
  }
  throw refuse(first.url, `more than ${MOST_REDIRECTS} redirects`);
}

function followable(request: HttpRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function redirected(request: HttpRequest, url: URL): HttpRequest {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refuse(request.url, `a redirect to ${url.protocol}`);
  }
  if (request.url.protocol === 'https:' && url.protocol === 'http:' && request.insecure !== true) {
    throw refuse(request.url, `a redirect from HTTPS to plain HTTP at ${url.host}`);
  }
  if (url.origin === request.url.origin) return { ...request, url };
  const headers = Object.entries(request.headers ?? {}).filter(
    ([name]) => name.toLowerCase() !== 'authorization',
  );
  // Trust in a registry without a certificate is not trust in its storage.
  const insecure =
    request.insecure === true && (url.hostname === request.url.hostname || isLoopback(url.host));
  return { ...request, url, insecure, headers: Object.fromEntries(headers) };
}

function refuse(url: URL, what: string): RegistryError {
  return new RegistryError({
    code: 'REGISTRY_ERROR',
    message: `${url.host} answered with ${what}, which is not followed`,
  });
}
