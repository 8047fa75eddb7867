import { posix } from 'node:path';
import { BuildError } from '../base/errors.ts';
import { didYouMean } from '../dockerfile/suggest.ts';
import { splitRecord } from './csv-record.ts';
import type { MountSharing } from './graph.ts';

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';

/** One --mount after expansion, with nothing filled in but `type` and `readonly`. */
export interface MountSpec {
  readonly type: MountType;
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly readonly: boolean;
  readonly id: string;
  readonly sharing?: MountSharing;
  readonly required: boolean;
  readonly env?: string;
  /** Bytes. */
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

type Draft = { -readonly [K in keyof MountSpec]: MountSpec[K] } & { readonlySaid: boolean };

const TYPES: ReadonlySet<string> = new Set(['bind', 'cache', 'tmpfs', 'secret', 'ssh']);
const SHARING: ReadonlySet<string> = new Set(['shared', 'private', 'locked']);
const KEYS =
  'type from source target readonly id sharing required mode uid gid src dst destination ro rw readwrite env size'.split(
    ' ',
  );

/**
 * The stage, context or image that a mount reads from, before expansion; empty for none.
 * @throws BuildError `BAD_MOUNT` for broken CSV, or when it holds a variable
 */
export function mountSource(text: string): string {
  let from = '';
  for (const field of splitRecord(text)) {
    const { key, value } = splitField(field);
    if (key !== 'from' || value === undefined) continue;
    if (/\$./s.test(value)) {
      throw bad(
        `"from" of a mount takes no variable`,
        'Give the image a name with FROM … AS, and use that name here.',
      );
    }
    from = value;
  }
  return from;
}

/**
 * Reads the value of one --mount; `expand` works on each value alone.
 * @throws BuildError `BAD_MOUNT`, or what `expand` throws
 */
export function parseMount(text: string, expand: (value: string) => string): MountSpec {
  const draft: Draft = {
    type: 'bind',
    from: '',
    source: '',
    target: '',
    readonly: false,
    readonlySaid: false,
    id: '',
    required: false,
  };
  for (const field of splitRecord(text)) {
    const { key, value } = splitField(field);
    if (value === undefined) applyWord(draft, key, field);
    else applyField(draft, key, expand(value), field);
  }
  check(draft);
  const { readonlySaid, ...spec } = draft;
  if (readonlySaid) return spec;
  return { ...spec, readonly: spec.type !== 'cache' && spec.type !== 'tmpfs' };
}

/** Where a secret goes: id, path of the file and mode. */
export function secretPlace(spec: MountSpec): { readonly id: string; readonly target?: string } {
  const named = spec.source === '' ? spec.id : spec.source;
  const id = named === '' ? posix.basename(spec.target) : named;
  if (spec.target !== '') return { id, target: spec.target };
  return spec.env === undefined ? { id, target: `/run/secrets/${posix.basename(id)}` } : { id };
}

function splitField(field: string): { readonly key: string; readonly value: string | undefined } {
  const at = field.indexOf('=');
  return at === -1
    ? { key: field.toLowerCase(), value: undefined }
    : { key: field.slice(0, at).toLowerCase(), value: field.slice(at + 1) };
}

function applyWord(draft: Draft, key: string, field: string): void {
  switch (key) {
    case 'readonly':
    case 'ro':
      setReadonly(draft, true);
      break;
    case 'readwrite':
    case 'rw':
      setReadonly(draft, false);
      break;
    case 'required':
      requireType(draft, key, 'secret', 'ssh');
      draft.required = true;
      break;
    default:
      throw bad(`"${field}" of a mount needs a value`, `Write ${key}=…`);
  }
}

function applyField(draft: Draft, key: string, value: string, field: string): void {
  switch (key) {
    case 'from':
    case 'source':
    case 'target':
    case 'id':
    case 'env':
      draft[key] = value;
      break;
    case 'src':
      draft.source = value;
      break;
    case 'dst':
    case 'destination':
      draft.target = value;
      break;
    default:
      applyChecked(draft, key, value, field);
  }
}

function applyChecked(draft: Draft, key: string, value: string, field: string): void {
  switch (key) {
    case 'type':
      draft.type = oneOf(TYPES, value, 'type') as MountType;
      break;
    case 'sharing':
      draft.sharing = oneOf(SHARING, value, 'sharing') as MountSharing;
      break;
    case 'readonly':
    case 'ro':
      setReadonly(draft, readBoolean(key, value));
      break;
    case 'readwrite':
    case 'rw':
      setReadonly(draft, !readBoolean(key, value));
      break;
    case 'required':
      requireType(draft, key, 'secret', 'ssh');
      draft.required = readBoolean(key, value);
      break;
    default:
      applyNumber(draft, key, value, field);
  }
}

function applyNumber(draft: Draft, key: string, value: string, field: string): void {
  switch (key) {
    case 'size':
      requireType(draft, key, 'tmpfs');
      draft.size = readSize(value);
      break;
    case 'mode':
      draft.mode = readNumber(key, value, 8);
      break;
    case 'uid':
    case 'gid':
      draft[key] = readNumber(key, value, 10);
      break;
    default:
      throw bad(`"${key}" in "${field}" is not a key of a mount`, didYouMean(key, KEYS));
  }
}

function setReadonly(draft: Draft, value: boolean): void {
  draft.readonly = value;
  draft.readonlySaid = true;
}

function requireType(draft: Draft, key: string, ...types: readonly MountType[]): void {
  if (types.includes(draft.type)) return;
  throw bad(
    `"${key}" does not go with a mount of type ${draft.type}`,
    `It is for type ${types.join(' and ')}, and "type" has to come before it.`,
  );
}

function oneOf(options: ReadonlySet<string>, value: string, key: string): string {
  const lower = value.toLowerCase();
  if (options.has(lower)) return lower;
  throw bad(
    `"${value}" is not a ${key} of a mount`,
    didYouMean(value, options) ?? `It is one of ${[...options].join(', ')}.`,
  );
}

/** The spellings that Go's strconv.ParseBool takes. */
export function readBoolean(key: string, value: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw bad(`"${value}" is neither true nor false for ${key}`);
}

function readNumber(key: string, value: string, radix: 8 | 10): number {
  const digits = radix === 8 ? /^[0-7]+$/ : /^[0-9]+$/;
  const number = digits.test(value) ? Number.parseInt(value, radix) : Number.NaN;
  if (number <= 0xff_ff_ff_ff) return number;
  throw bad(
    `"${value}" is not a value for ${key}`,
    radix === 8 ? 'It is read in octal, e.g. 0755.' : undefined,
  );
}

const UNITS = 'bkmgtp';

/** `1.5g`, `64MiB`, `100`: powers of 1024. */
function readSize(value: string): number {
  const match = /^(\d+\.?\d*|\.\d+) ?(?:b|([kmgtp])(?:i?b)?)?$/i.exec(value);
  if (match === null) throw bad(`"${value}" is not a size`, 'Write it as 64m or 1.5g.');
  const power = UNITS.indexOf((match[2] ?? 'b').toLowerCase());
  return Math.trunc(Number(match[1]) * 1024 ** power);
}

function check(draft: Draft): void {
  const { type } = draft;
  if (type === 'bind' || type === 'tmpfs') {
    for (const key of ['mode', 'uid', 'gid'] as const) {
      if (draft[key] !== undefined) throw bad(`"${key}" does not go with a mount of type ${type}`);
    }
  }
  if (type === 'secret') checkSecret(draft);
  if (type !== 'cache' && draft.sharing !== undefined) {
    throw bad(`"sharing" does not go with a mount of type ${type}`, 'Only caches are shared.');
  }
}

function checkSecret(draft: Draft): void {
  if (draft.from !== '') throw bad('"from" does not go with a mount of type secret');
  if (draft.source === '' && draft.target === '' && draft.id === '') {
    throw bad('A mount of type secret has to say which secret', 'Add id=…');
  }
  if (draft.source !== '' && draft.id !== '') {
    throw bad('A mount of type secret takes "id" or "source", not both', 'They mean the same; keep id.');
  }
}

function bad(message: string, hint?: string): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_MOUNT', message, hint });
}
