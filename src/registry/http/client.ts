import type { Digest } from '../../image/digest.ts';
import type { Descriptor, RawBlob, Repository } from '../../image/types.ts';
import { canonicalHost } from '../host.ts';
import type { Registry, RequestOptions, UploadOutcome } from '../registry.ts';
import { downloadBlob } from './download.ts';
import { ExpectedUploads } from './expected-uploads.ts';
import { pullManifest, pushManifest, resolveManifest } from './manifest.ts';
import type { RegistryOptions } from './registry-options.ts';
import { Session } from './session.ts';
import { SharedUploads } from './shared-uploads.ts';
import { listTags } from './tags.ts';
import { agentsKnowProxies, createTransport, type Transport } from './transport.ts';
import { checkUpload, hasBlob } from './upload.ts';

const PROXY_VARIABLE = /^https?_proxy$/i;

/** A client for all registries, over HTTP. */
export function createRegistry(options: RegistryOptions): Registry & AsyncDisposable {
  const transport = createTransport({
    userAgent: options.userAgent ?? 'ts-image-build',
    proxyEnv: options.proxyEnv,
    ca: options.ca,
    idleTimeout: options.idleTimeout,
  });
  const wantsProxy = Object.entries(options.proxyEnv ?? {}).some(
    ([name, value]) => PROXY_VARIABLE.test(name) && (value ?? '') !== '',
  );
  if (wantsProxy && !agentsKnowProxies()) {
    options.onNotice?.(
      `The proxy settings are not used: Node ${process.versions.node} cannot, 22.21 and 24.5 can`,
    );
  }
  return new HttpRegistry(transport, options);
}

class HttpRegistry implements Registry, AsyncDisposable {
  readonly #transport: Transport;
  readonly #options: RegistryOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #sent = new Map<Session, SharedUploads>();
  readonly #expected = new Map<Session, ExpectedUploads>();
  /** Uploads that were begun only to see whether one may. */
  readonly #takingBack: Promise<void>[] = [];

  constructor(transport: Transport, options: RegistryOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  manifest(repository: Repository, reference: string, options: RequestOptions = {}): Promise<RawBlob> {
    return pullManifest(this.#session(repository), repository, reference, options);
  }

  resolve(
    repository: Repository,
    reference: string,
    options: RequestOptions = {},
  ): Promise<Descriptor | undefined> {
    return resolveManifest(this.#session(repository), repository, reference, options);
  }

  blob(
    repository: Repository,
    descriptor: Descriptor,
    options: RequestOptions = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    return downloadBlob(this.#session(repository), repository, descriptor, options);
  }

  hasBlob(repository: Repository, digest: Digest, options: RequestOptions = {}): Promise<boolean> {
    return hasBlob(this.#session(repository), { repository, digest, access: 'pull', signal: options.signal });
  }

  pushBlob(
    repository: Repository,
    descriptor: Descriptor,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    options: RequestOptions & { readonly mountFrom?: readonly Repository[]; readonly isNew?: boolean } = {},
  ): Promise<UploadOutcome> {
    const session = this.#session(repository);
    const begun = async () => this.#expected.get(session)?.take(repository);
    return this.#uploads(session).upload(session, { ...options, repository, descriptor, open, begun });
  }

  putManifest(
    repository: Repository,
    reference: string,
    manifest: RawBlob,
    options: RequestOptions = {},
  ): Promise<void> {
    return pushManifest(this.#session(repository), repository, reference, manifest, options);
  }

  tags(repository: Repository, options: RequestOptions = {}): Promise<readonly string[]> {
    return listTags(this.#session(repository), repository, options);
  }

  async checkPush(repository: Repository, options: RequestOptions = {}): Promise<void> {
    const { takenBack } = await checkUpload(this.#session(repository), repository, options);
    this.#takingBack.push(takenBack);
  }

  expectPush(repository: Repository): void {
    const session = this.#session(repository);
    const expected = this.#expected.get(session) ?? new ExpectedUploads(session);
    this.#expected.set(session, expected);
    expected.expect(repository);
  }

  /** Closes the connections that are kept for the next request. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#takingBack, ...[...this.#expected.values()].map((each) => each.close())]);
    this.#transport.close();
  }

  #uploads(session: Session): SharedUploads {
    let uploads = this.#sent.get(session);
    if (uploads === undefined) {
      uploads = new SharedUploads();
      this.#sent.set(session, uploads);
    }
    return uploads;
  }

  #session(repository: Repository): Session {
    const host = canonicalHost(repository.host);
    const known = this.#sessions.get(host);
    if (known !== undefined) return known;
    const session = new Session(host, this.#transport, this.#options);
    this.#sessions.set(host, session);
    return session;
  }
}
