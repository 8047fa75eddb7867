import { posix } from 'node:path';
import { splitRecord } from '../dockerfile/instruction/csv-record.ts';
import type { MountSpec } from '../dockerfile/instruction/run-mount.ts';

/** The stage, context or image that a mount reads from; empty for none. It holds no variable (the parser sees to that). */
export function mountSource(mount: string): string {
  const fields = splitRecord(mount);
  if (typeof fields === 'string') return '';
  return fields.findLast((field) => /^from=/i.test(field))?.slice('from='.length) ?? '';
}

/** Which secret a mount means, and the path of its file; no path when only a variable is asked for. */
export function secretPlace(spec: MountSpec): { readonly id: string; readonly target?: string } {
  const named = spec.source === '' ? spec.id : spec.source;
  const id = named === '' ? posix.basename(spec.target) : named;
  if (spec.target !== '') return { id, target: spec.target };
  return spec.env === undefined ? { id, target: `/run/secrets/${posix.basename(id)}` } : { id };
}
