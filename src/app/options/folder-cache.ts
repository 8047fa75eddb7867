import { resolve } from 'node:path';
import { parseFields } from './list.ts';
import { badInput } from './problems.ts';

const KEYS = { from: 'src', to: 'dest' } as const;

/** The folder of `type=local,src=DIR` (to read) or `type=local,dest=DIR` (to write). @throws BuildError `BAD_INPUT` */
export function folderCache(spec: string, access: 'from' | 'to'): string {
  const fields = parseFields(spec);
  const key = KEYS[access];
  const type = fields.get('type');
  if (type !== 'local') {
    throw badInput(
      `cache-${access}: "${spec}" is not a cache that this version has`,
      `It has type=local,${key}=DIR here; the Actions cache is the input "cache" of the action.`,
    );
  }
  const unknown = [...fields.keys()].filter((name) => name !== 'type' && name !== key && name !== 'mode');
  if (unknown.length > 0) throw badInput(`cache-${access}: unknown key "${unknown.join(', ')}" in "${spec}"`);
  const mode = fields.get('mode');
  if (mode !== undefined && mode !== 'max') {
    throw badInput(`cache-${access}: mode "${mode}" is not offered`, 'Every step is stored: mode=max.');
  }
  const folder = fields.get(key) ?? '';
  if (folder === '') throw badInput(`cache-${access}: "${spec}" has no ${key}`);
  return resolve(folder);
}
