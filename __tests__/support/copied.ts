import { copyEntries } from '../../src/engine/embedded/copy/copy.ts';
import { membersWithBodies } from '../../src/engine/embedded/copy/member-bodies.ts';
import type { FileTree } from '../../src/image/file-tree.ts';
import type { Entry, EntryWithBody } from '../../src/image/layer/entry.ts';
import type { CopyOp, CopySource } from '../../src/plan/graph.ts';
import { collect } from './bytes.ts';

/** Time of what COPY makes in these tests. */
export const MADE = 1_700_000_000;

/** `COPY sources destination`, with whatever else is to be said. Paths come from input 1. */
export function copyOp(
  sources: string | readonly (string | CopySource)[],
  destination: string,
  more: Partial<CopyOp> = {},
): CopyOp {
  const list = typeof sources === 'string' ? [sources] : sources;
  return {
    kind: 'copy',
    instruction: 'COPY',
    sources: list.map((source) =>
      typeof source === 'string' ? { kind: 'path', from: 1, pattern: source } : source,
    ),
    destination,
    link: false,
    parents: false,
    exclude: [],
    unpack: 'never',
    ...more,
  };
}

export function addOp(
  sources: string | readonly string[],
  destination: string,
  more: Partial<CopyOp> = {},
): CopyOp {
  return copyOp(sources, destination, { instruction: 'ADD', unpack: 'auto', ...more });
}

/** The members of the layer, one line each: `f 644 0:0 path = content`. */
export async function copied(op: CopyOp, inputs: readonly (FileTree | undefined)[]): Promise<string[]> {
  return lines(membersWithBodies(await copyEntries(op, inputs, { mtime: MADE })));
}

export async function lines(
  members: AsyncIterable<EntryWithBody> | Iterable<EntryWithBody>,
): Promise<string[]> {
  const found: string[] = [];
  for await (const { entry, body } of members) {
    const content = body === undefined ? '' : ` = ${(await collect(body)).toString()}`;
    found.push(lineOf(entry) + content);
  }
  return found;
}

const LETTERS: Readonly<Record<Entry['type'], string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  character: 'c',
  block: 'b',
  fifo: 'p',
};

export function lineOf({ type, mode, uid, gid, path, linkName }: Entry): string {
  const link = linkName === undefined ? '' : ` -> ${linkName}`;
  return `${LETTERS[type]} ${mode.toString(8)} ${uid}:${gid} ${path}${link}`;
}
