import { reasonOf } from '../../../base/errors.ts';
import { entriesNamedIn, LONGEST_INDEX } from '../indexed/index-file.ts';
import { DirectStore } from './direct-store.ts';
import { type ActionsCacheEnvironment, cacheAccess, whyNotDirect } from './environment.ts';

/** What indexes say, and what could not be read; one line each. */
export interface NamedEntries {
  readonly keys: ReadonlySet<string>;
  readonly notices: readonly string[];
}

/** Scopes (git refs) whose entries this job can read; undefined when its token does not tell. */
export function readableScopes(environment: ActionsCacheEnvironment): readonly string[] | undefined {
  const { readable } = cacheAccess(environment);
  return readable.length === 0 ? undefined : readable;
}

/**
 * Keys of the entries that indexes in the Actions cache need. Never throws.
 * @param indexKeys of indexes that are there
 */
export async function entriesNamedBy(
  environment: ActionsCacheEnvironment,
  indexKeys: readonly string[],
  signal: AbortSignal,
): Promise<NamedEntries> {
  const reason = whyNotDirect(environment) ?? cacheAccess(environment).reasons.reading;
  if (reason !== undefined)
    return { keys: new Set(), notices: [`No index of the Actions cache is read: ${reason}`] };
  const keys = new Set<string>();
  const notices: string[] = [];
  await using store = new DirectStore(environment);
  for (const indexKey of indexKeys) {
    try {
      const bytes = await readEntry(store, indexKey, signal);
      if (bytes === undefined) continue;
      for (const key of await entriesNamedIn(bytes)) keys.add(key);
    } catch (error) {
      notices.push(`The index ${indexKey} of the Actions cache cannot be read: ${reasonOf(error)}`);
    }
  }
  return { keys, notices };
}

async function readEntry(store: DirectStore, key: string, signal: AbortSignal): Promise<Buffer | undefined> {
  const entry = await store.find(key, signal);
  if (entry === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await entry.open({ signal })) {
    size += chunk.length;
    if (size > LONGEST_INDEX) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
