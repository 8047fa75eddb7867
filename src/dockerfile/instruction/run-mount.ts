import type { BuildError } from '../../base/errors.ts';
import type { Text } from '../ast.ts';
import { didYouMean } from '../suggest.ts';
import { readBool } from '../truth-value.ts';
import { splitRecord } from './csv-record.ts';
import { fault } from './reading.ts';
import { readSize, readUint32 } from './run-mount-value.ts';

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
export type MountSharing = 'shared' | 'private' | 'locked';

/** A `RUN --mount` as written, after expansion: defaults that depend on the stage are not filled in. */
export interface MountSpec {
  readonly type: MountType;
  /** Empty: none given. The same for all texts here. */
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly id: string;
  readonly sharing: MountSharing | undefined;
  readonly readonly: boolean;
  readonly required: boolean;
  /** Bytes, 0 for no limit. */
  readonly size: number;
  readonly env: string | undefined;
  readonly mode: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const TYPES: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const SHARING: readonly MountSharing[] = ['shared', 'private', 'locked'];
const KEYS = [
  ...['type', 'from', 'source', 'src', 'target', 'dst', 'destination', 'readonly', 'ro', 'readwrite', 'rw'],
  ...['id', 'sharing', 'required', 'size', 'mode', 'uid', 'gid', 'env'],
];

interface Field {
  /** Lower case. */
  readonly key: string;
  readonly value: string | undefined;
  readonly written: string;
}

function fieldsOf(mount: Text): readonly Field[] {
  const fields = splitRecord(mount.value);
  if (typeof fields === 'string') {
    throw bad(mount, fields, 'write key=value pairs separated by commas; quote a whole pair to hold a comma');
  }
  return fields.map((written) => {
    const equals = written.indexOf('=');
    const key = (equals === -1 ? written : written.slice(0, equals)).toLowerCase();
    return { key, value: equals === -1 ? undefined : written.slice(equals + 1), written };
  });
}

/**
 * What can be said about a mount before its variables are known.
 * @throws BuildError `BAD_MOUNT` for broken CSV, and for a variable in `from`
 */
export function checkMount(mount: Text): void {
  for (const { key, value } of fieldsOf(mount)) {
    if (key === 'from' && value !== undefined && /\$./.test(value)) {
      throw bad(
        mount,
        'from cannot hold a variable',
        'give the image a stage of its own (FROM $IMAGE AS name) and write from=name',
      );
    }
  }
}

/**
 * Reads a mount; `expand` gives the value with its variables filled in. Order counts: `type` must stand before `required` and `size`.
 * @throws BuildError `BAD_MOUNT`, and what `expand` throws
 */
export function readMount(mount: Text, expand: (value: string) => string): MountSpec {
  const draft: Draft = { type: 'bind' };
  for (const field of fieldsOf(mount)) {
    const value = field.value === undefined ? undefined : expand(field.value);
    setField(draft, field, value, mount);
  }
  checkType(draft, mount);
  return {
    type: draft.type,
    from: draft.from ?? '',
    source: draft.source ?? '',
    target: draft.target ?? '',
    id: draft.id ?? '',
    sharing: draft.sharing,
    readonly: draft.readonly ?? (draft.type !== 'cache' && draft.type !== 'tmpfs'),
    required: draft.required ?? false,
    size: draft.size ?? 0,
    env: draft.env,
    mode: draft.mode,
    uid: draft.uid,
    gid: draft.gid,
  };
}

interface Draft {
  type: MountType;
  from?: string;
  source?: string;
  target?: string;
  id?: string;
  sharing?: MountSharing;
  readonly?: boolean;
  required?: boolean;
  size?: number;
  env?: string;
  mode?: number;
  uid?: number;
  gid?: number;
}

function setField(draft: Draft, field: Field, value: string | undefined, mount: Text): void {
  const { key } = field;
  switch (key) {
    case 'readonly':
    case 'ro':
      draft.readonly = flag(key, value, mount);
      return;
    case 'readwrite':
    case 'rw':
      draft.readonly = !flag(key, value, mount);
      return;
    case 'required':
      onlyFor(draft, key, ['secret', 'ssh'], mount);
      draft.required = flag(key, value, mount);
      return;
    default:
      if (value === undefined) {
        throw bad(mount, `${JSON.stringify(field.written)} is not a key=value pair`, didYouMean(key, KEYS));
      }
      setValue(draft, field, value, mount);
  }
}

function setValue(draft: Draft, { key, written }: Field, value: string, mount: Text): void {
  switch (key) {
    case 'type':
      draft.type = oneOf(TYPES, value, 'mount type', mount);
      return;
    case 'sharing':
      draft.sharing = oneOf(SHARING, value, 'sharing', mount);
      return;
    case 'source':
    case 'src':
      draft.source = value;
      return;
    case 'target':
    case 'dst':
    case 'destination':
      draft.target = value;
      return;
    case 'from':
    case 'id':
    case 'env':
      draft[key] = value;
      return;
    case 'size':
      onlyFor(draft, key, ['tmpfs'], mount);
      draft.size = number(key, value, readSize(value), mount);
      return;
    case 'mode':
      draft.mode = number(key, value, readUint32(value, 8), mount);
      return;
    case 'uid':
    case 'gid':
      draft[key] = number(key, value, readUint32(value, 10), mount);
      return;
    default:
      throw bad(
        mount,
        `the key ${JSON.stringify(key)} of ${JSON.stringify(written)} is not known`,
        didYouMean(key, KEYS),
      );
  }
}

function flag(key: string, value: string | undefined, mount: Text): boolean {
  if (value === undefined) return true;
  const bool = readBool(value);
  if (bool === undefined) throw bad(mount, `${key} is true or false, not ${JSON.stringify(value)}`);
  return bool;
}

function number(key: string, written: string, value: number | undefined, mount: Text): number {
  if (value !== undefined) return value;
  const hint = key === 'mode' ? 'mode is octal, such as 0755' : undefined;
  throw bad(mount, `${JSON.stringify(written)} is no value for ${key}`, hint);
}

function oneOf<T extends string>(options: readonly T[], value: string, what: string, mount: Text): T {
  const option = options.find((one) => one === value.toLowerCase());
  if (option !== undefined) return option;
  const hint = didYouMean(value, options) ?? `known are ${options.join(', ')}`;
  throw bad(mount, `the ${what} ${JSON.stringify(value)} is not known`, hint);
}

function onlyFor(draft: Draft, key: string, types: readonly MountType[], mount: Text): void {
  if (types.includes(draft.type)) return;
  throw bad(
    mount,
    `${key} does not belong to a mount of type ${draft.type}`,
    `${key} is for type=${types.join(' and type=')}, and type must stand before it`,
  );
}

function checkType(draft: Draft, mount: Text): void {
  const { type } = draft;
  if (type === 'bind' || type === 'tmpfs') {
    const owner = (['mode', 'uid', 'gid'] as const).find((key) => draft[key] !== undefined);
    if (owner !== undefined) throw bad(mount, `${owner} is not allowed for a mount of type ${type}`);
  }
  if (type === 'secret') checkSecret(draft, mount);
  if (draft.sharing !== undefined && type !== 'cache') {
    throw bad(mount, `sharing is for cache mounts, this one is of type ${type}`);
  }
}

function checkSecret(draft: Draft, mount: Text): void {
  if ((draft.from ?? '') !== '') throw bad(mount, 'a secret mount has no from');
  if (draft.sharing !== undefined) throw bad(mount, 'a secret mount has no sharing');
  const given = [draft.source, draft.target, draft.id].filter((value) => (value ?? '') !== '');
  if (given.length === 0) throw bad(mount, 'a secret mount needs an id, a source or a target');
  if ((draft.source ?? '') !== '' && (draft.id ?? '') !== '') {
    throw bad(mount, 'a secret mount takes an id or a source, not both');
  }
}

function bad(mount: Text, why: string, hint?: string): BuildError {
  return fault(
    'BAD_MOUNT',
    `The mount ${JSON.stringify(mount.value)} cannot be read: ${why}`,
    mount.at,
    hint,
  );
}
