import { BuildError } from '../../../base/errors.ts';
import type { Digest } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import type { EntryWithBody } from '../../../image/layer/entry.ts';
import { type Archive, archiveMembers } from './archive.ts';
import type { PlannedMember } from './planned-member.ts';

/** A member whose content is on its way. */
interface Arrival {
  readonly member: PlannedMember;
  readonly body: AsyncIterable<Uint8Array>;
  readonly content?: Digest | undefined;
}

/** Files of one tree, each wanted once; or files of one archive, by their number. */
type Delivery =
  | {
      readonly kind: 'tree';
      readonly tree: FileTree;
      readonly wanted: Map<string, [TreeNode, PlannedMember]>;
    }
  | { readonly kind: 'archive'; readonly archive: Archive; readonly wanted: Map<number, PlannedMember> };

/**
 * Gives out planned members with their bytes. Content comes in the order that its trees find cheap; all else keeps the order of
 * the list, so that the whole is in order when the contents are, and a folder is never behind what is in it.
 * Pieces of bodies count until the next one is asked for.
 * @param members sorted by path
 * @throws BuildError `CONTENT_CHANGED`, and what reading throws
 */
export async function* membersWithBodies(members: readonly PlannedMember[]): AsyncGenerator<EntryWithBody> {
  const given = new Set<string>();
  const late: PlannedMember[] = [];
  let next = 0;
  /** Everything before `end` that needs nothing more. */
  function* ready(end: number): Generator<EntryWithBody> {
    for (; next < end; next++) {
      const member = members[next];
      if (member === undefined || isDelivered(member)) continue;
      // The file that a link shares may still be on its way.
      if (member.entry.type === 'hardlink' && !given.has(member.entry.linkName ?? '')) late.push(member);
      else yield withBytes(member);
    }
  }
  const position = new Map(members.map((member, i) => [member, i]));
  for await (const { member, body, content } of arrivals(members)) {
    yield* ready(position.get(member) ?? 0);
    yield { entry: member.entry, body, ...(content === undefined ? {} : { content }) };
    given.add(member.entry.path);
  }
  yield* ready(members.length);
  for (const { entry } of late) yield { entry };
}

function withBytes({ entry, content }: PlannedMember): EntryWithBody {
  return content?.kind === 'bytes' ? { entry, body: oneChunk(content.bytes) } : { entry };
}

function isDelivered({ content }: PlannedMember): boolean {
  return content !== undefined && content.kind !== 'bytes';
}

async function* arrivals(members: readonly PlannedMember[]): AsyncGenerator<Arrival> {
  for (const delivery of deliveries(members)) {
    yield* delivery.kind === 'tree' ? fromTree(delivery) : fromArchive(delivery);
  }
}

function deliveries(members: readonly PlannedMember[]): readonly Delivery[] {
  const all: Delivery[] = [];
  for (const member of members) {
    const { content } = member;
    if (content?.kind === 'tree') addToTree(all, content.tree, content.node, member);
    else if (content?.kind === 'member') addToArchive(all, content.archive, content.index, member);
  }
  return all;
}

/** A tree gives each node once, so a file that is copied to a second place is in a second delivery. */
function addToTree(all: Delivery[], tree: FileTree, node: TreeNode, member: PlannedMember): void {
  for (const delivery of all) {
    if (delivery.kind !== 'tree' || delivery.tree !== tree || delivery.wanted.has(node.path)) continue;
    delivery.wanted.set(node.path, [node, member]);
    return;
  }
  all.push({ kind: 'tree', tree, wanted: new Map([[node.path, [node, member]]]) });
}

function addToArchive(all: Delivery[], archive: Archive, index: number, member: PlannedMember): void {
  for (const delivery of all) {
    if (delivery.kind !== 'archive' || delivery.archive !== archive) continue;
    delivery.wanted.set(index, member);
    return;
  }
  all.push({ kind: 'archive', archive, wanted: new Map([[index, member]]) });
}

async function* fromTree({ tree, wanted }: Extract<Delivery, { kind: 'tree' }>): AsyncGenerator<Arrival> {
  const missing = new Set(wanted.keys());
  const nodes = [...wanted.values()].map(([node]) => node);
  for await (const { entry, body, content } of tree.read(nodes, { fleeting: true })) {
    const found = wanted.get(entry.path);
    if (found === undefined || body === undefined || !missing.delete(entry.path)) continue;
    yield { member: found[1], body, content };
  }
  for (const path of missing) throw contentChanged(path, tree.name);
}

async function* fromArchive({
  archive,
  wanted,
}: Extract<Delivery, { kind: 'archive' }>): AsyncGenerator<Arrival> {
  let index = 0;
  let left = wanted.size;
  for await (const { entry, body } of archiveMembers(archive)) {
    const member = wanted.get(index);
    index += 1;
    if (member === undefined) continue;
    if (body === undefined || entry.size !== member.entry.size) break;
    yield { member, body };
    left -= 1;
  }
  if (left > 0) throw contentChanged(archive.node.path, archive.tree.name);
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

function contentChanged(path: string, tree: string): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'CONTENT_CHANGED',
    message: `${path} of ${tree} changed while it was read`,
    hint: 'Do not write to the build context during a build.',
  });
}
