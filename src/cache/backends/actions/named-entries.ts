import { reasonOf } from '../../../base/errors.ts';
import { entriesNamedIn } from '../indexed/index-file.ts';
import { DirectStore } from './direct-store.ts';
import { type ActionsCacheEnvironment, cacheAccess, whyNotDirect } from './environment.ts';
import { readIndexFile } from './index-chain.ts';

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
      const entry = await store.find(indexKey, signal);
      if (entry === undefined) continue;
      for (const key of await entriesNamedIn(await readIndexFile(entry, signal))) keys.add(key);
    } catch (error) {
      notices.push(`The index ${indexKey} of the Actions cache cannot be read: ${reasonOf(error)}`);
    }
  }
  return { keys, notices };
}
