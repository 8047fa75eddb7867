import type { IndexedEntry, LayerIndex } from './entry.ts';

/** Where two layers part: the first member, in the order of the first layer, that is not the same in both. */
export interface IndexDifference {
  readonly path: string;
  /** In words, one each: `content sha256:12ab… (5 bytes), then sha256:34cd… (6 bytes)`. */
  readonly differences: readonly string[];
}

/** undefined when the layers hold the same members, in the same order, with the same content. */
export function firstDifference(first: LayerIndex, second: LayerIndex): IndexDifference | undefined {
  const known = [first, second].map(({ entries }) => new Set(entries.map(({ path }) => path)));
  const count = Math.max(first.entries.length, second.entries.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [first.entries[i], second.entries[i]];
    if (a !== undefined && known[1]?.has(a.path) !== true)
      return { path: a.path, differences: [onlyIn('first')] };
    if (b !== undefined && known[0]?.has(b.path) !== true)
      return { path: b.path, differences: [onlyIn('second')] };
    if (a === undefined || b === undefined || a.path !== b.path) {
      return { path: (a ?? b)?.path ?? '', differences: [`order: member ${i + 1} of one result only`] };
    }
    const differences = entryDifferences(a, b);
    if (differences.length > 0) return { path: a.path, differences };
  }
  return undefined;
}

function onlyIn(which: 'first' | 'second'): string {
  return `only in the ${which} result`;
}

/** What is said of one member here and there. */
function entryDifferences(a: IndexedEntry, b: IndexedEntry): readonly string[] {
  const rows: readonly (readonly [name: string, first: string, second: string])[] = [
    ['type', a.type, b.type],
    ['content', contentText(a), contentText(b)],
    ['mode', octal(a.mode), octal(b.mode)],
    ['uid', String(a.uid), String(b.uid)],
    ['gid', String(a.gid), String(b.gid)],
    ['mtime', timeText(a.mtime), timeText(b.mtime)],
    ['link', a.linkName ?? '', b.linkName ?? ''],
    ['device', deviceText(a), deviceText(b)],
  ];
  const words = rows.flatMap(([name, x, y]) => (x === y ? [] : [`${name} ${x}, then ${y}`]));
  return [...words, ...attributeDifferences(a, b)];
}

function attributeDifferences(a: IndexedEntry, b: IndexedEntry): readonly string[] {
  const names = new Set([...(a.xattrs?.keys() ?? []), ...(b.xattrs?.keys() ?? [])]);
  return [...names].flatMap((name) => {
    const [x, y] = [a.xattrs?.get(name), b.xattrs?.get(name)];
    if (x !== undefined && y !== undefined && Buffer.compare(x, y) === 0) return [];
    return [`xattr ${name} ${attributeText(x)}, then ${attributeText(y)}`];
  });
}

function contentText({ type, content, size }: IndexedEntry): string {
  return type === 'file' ? `${content?.slice(0, 19) ?? 'empty'}… (${size} bytes)` : '';
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function timeText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function deviceText({ devMajor, devMinor }: IndexedEntry): string {
  return devMajor === undefined ? '' : `${devMajor}:${devMinor ?? 0}`;
}

function attributeText(value: Uint8Array | undefined): string {
  return value === undefined ? 'absent' : `0x${Buffer.from(value).toString('hex').slice(0, 80)}`;
}
