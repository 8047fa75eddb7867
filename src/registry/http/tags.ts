import type { Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import type { RequestOptions } from '../registry.ts';
import { readBody } from './response.ts';
import type { Session } from './session.ts';

const PAGE_LIMIT = 16 * 1024 * 1024;
/** A registry that pages without end is stopped. */
const MOST_PAGES = 10_000;
const MOST_TAGS = 1_000_000;
const PAGE_SIZE = '1000';

/** All tags (OCI distribution-spec 1.1, "Listing Tags"), page by page. */
export async function listTags(
  session: Session,
  repository: Repository,
  options: RequestOptions,
): Promise<readonly string[]> {
  const tags: string[] = [];
  let next: URL | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const target: string | URL = next ?? 'tags/list';
    const { bytes, following } = await session.retrying(async () => {
      const response = await session.send({
        method: 'GET',
        repository,
        access: 'pull',
        target,
        ...(next === undefined ? { query: { n: PAGE_SIZE } } : {}),
        subject: 'the list of tags',
        accept: [200],
        signal: options.signal,
      });
      const { link } = response.headers;
      return {
        bytes: await readBody(response, PAGE_LIMIT, 'the list of tags'),
        following: nextPage([link].flat().join(', '), response.url),
      };
    }, options.signal);
    for (const tag of tagsIn(repository, bytes)) tags.push(tag);
    if (tags.length > MOST_TAGS) throw fault(repository, `names more than ${MOST_TAGS} tags`);
    if (following === undefined) return tags;
    next = following;
  }
  throw fault(repository, 'has no end');
}

/** The page that a Link header names (RFC 8288) with rel="next"; only on the same origin. */
function nextPage(link: string, base: URL): URL | undefined {
  const match = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link);
  if (match === null || !URL.canParse(match[1] ?? '', base.href)) return undefined;
  const url = new URL(match[1] ?? '', base);
  if (url.hostname === base.hostname) url.protocol = base.protocol;
  return url.origin === base.origin ? url : undefined;
}

function tagsIn(repository: Repository, bytes: Uint8Array): readonly string[] {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const tags = typeof body === 'object' && body !== null && 'tags' in body ? body.tags : undefined;
    // A repository whose last tag was deleted gives null.
    if (tags === null) return [];
    if (Array.isArray(tags)) return tags.filter((tag) => typeof tag === 'string');
  } catch (cause) {
    throw fault(repository, 'is not JSON', cause);
  }
  throw fault(repository, 'holds no "tags"');
}

function fault(repository: Repository, what: string, cause?: unknown): RegistryError {
  return new RegistryError({
    code: 'REGISTRY_ERROR',
    message: `${repository.host}/${repository.path}: the list of tags ${what}`,
    cause,
  });
}
