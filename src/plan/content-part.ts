import type { Digest } from '../image/digest.ts';

/** What of a single file decides a copy and is no content. */
export interface ToldFile {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Digest of its bytes. */
  readonly bytes: Digest;
}

interface ContentPart {
  readonly digest: string;
  readonly mode: string;
  readonly owner: string;
  readonly bytes: string;
}

const PART = /^(sha256:[0-9a-f]{64}) ([0-7]{4,}) ([0-9]+:[0-9]+) ([0-9a-f]{16})$/;

/** Mode, owner and the beginning of the bytes' digest: enough to tell what of a file changed. */
export function toldFile({ mode, uid, gid, bytes }: ToldFile): string {
  const hex = bytes.slice(bytes.indexOf(':') + 1);
  return `${mode.toString(8).padStart(4, '0')} ${uid}:${gid} ${hex.slice(0, 16)}`;
}

/** The digest that counts in a part about content; undefined for what is no such part. */
export function digestOf(value: string | undefined): string | undefined {
  return readPart(value)?.digest ?? (/^sha256:[0-9a-f]{64}$/.test(value ?? '') ? value : undefined);
}

/** What changed between two parts about the same file. */
export function fileChange(old: string | undefined, value: string | undefined): string {
  const [before, now] = [readPart(old), readPart(value)];
  const changes: string[] = [];
  if (before !== undefined && now !== undefined && before.bytes === now.bytes) {
    if (before.mode !== now.mode) changes.push(`mode ${before.mode} -> ${now.mode}`);
    if (before.owner !== now.owner) changes.push(`owner ${before.owner} -> ${now.owner}`);
  }
  return changes.length === 0 ? 'content changed' : changes.join(', ');
}

function readPart(value: string | undefined): ContentPart | undefined {
  const [, digest, mode, owner, bytes] = PART.exec(value ?? '') ?? [];
  return digest === undefined || mode === undefined || owner === undefined || bytes === undefined
    ? undefined
    : { digest, mode, owner, bytes };
}
