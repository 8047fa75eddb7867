import { BuildError } from '../../../base/errors.ts';
import type { FileTree } from '../../../image/file-tree.ts';
import { followPath } from './followed-path.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const ROOT_OWNER: Owner = { uid: 0, gid: 0 };

/** What fits into 32 bits with a sign: that is how BuildKit reads numbers. */
const MOST_ID = 0x7fffffff;
/** Account files are small; a larger one is not read further, so that a strange image cannot fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Owner for `user[:group]` of --chown or USER, with names looked up in the tree's /etc/passwd and /etc/group. A name that is not
 * in there is 0 (a group: the user's own), and so is a missing file; this is what BuildKit does (user_linux.go, readUser).
 * @param tree undefined: an empty root file system, where there is nothing to look names up in
 * @throws BuildError `NO_ACCOUNTS` for a name on an empty root file system, `BAD_OWNER` for a number that is not an id
 */
export async function ownerOf(text: string, tree: FileTree | undefined): Promise<Owner> {
  const colon = text.indexOf(':');
  const user = accountOf(colon === -1 ? text : text.slice(0, colon), text);
  const group = colon === -1 ? undefined : accountOf(text.slice(colon + 1), text);
  let owner = ROOT_OWNER;
  if (typeof user === 'number') owner = { uid: user, gid: user };
  else {
    const fields = await accountFields(tree, 'etc/passwd', user, text);
    if (fields !== undefined) owner = { uid: numberOf(fields[2]), gid: numberOf(fields[3]) };
  }
  if (group === undefined) return owner;
  if (typeof group === 'number') return { uid: owner.uid, gid: group };
  const fields = await accountFields(tree, 'etc/group', group, text);
  return fields === undefined ? owner : { uid: owner.uid, gid: numberOf(fields[2]) };
}

/** A number, or a name that has to be looked up. No text is 0, and so is `root`, whatever the files say. */
function accountOf(text: string, whole: string): number | string {
  if (text === '' || text === 'root') return 0;
  if (!/^[-+]?[0-9]+$/.test(text)) return text;
  const id = Number(text);
  if (id > MOST_ID || id < -MOST_ID - 1) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_OWNER',
      message: `${text} in "${whole}" is not a user or group id`,
      hint: `Ids go from 0 to ${MOST_ID}.`,
    });
  }
  // Go turns it into 32 bits without a sign, and to chown(2) -1 means "as it is": a new file is root's.
  if (id === -1) return 0;
  return id < 0 ? id + 2 ** 32 : id;
}

async function accountFields(
  tree: FileTree | undefined,
  path: string,
  name: string,
  whole: string,
): Promise<readonly string[] | undefined> {
  if (tree === undefined) {
    throw new BuildError({
      kind: 'user',
      code: 'NO_ACCOUNTS',
      message: `"${whole}" names an account, but there is no /${path} to look it up in: invalid user index: -1`,
      hint: 'On an empty root file system, and with --link, only numbers can be used.',
    });
  }
  const text = await textOf(tree, path);
  for (const line of text.split('\n')) {
    const fields = line.trim().split(':');
    if (fields[0] === name) return fields;
  }
  return undefined;
}

function numberOf(field: string | undefined): number {
  const value = Number.parseInt(field ?? '', 10);
  return value >= 0 ? value : 0;
}

/** A small file of the tree as text, links followed; empty when there is none. */
async function textOf(tree: FileTree, path: string): Promise<string> {
  let found: string;
  try {
    found = await followPath((at) => tree.lookup(at), path);
  } catch (error) {
    // A file or a loop of links where a folder should be: as good as no file.
    if (error instanceof BuildError && error.kind === 'user') return '';
    throw error;
  }
  const node = await tree.lookup(found);
  if (node?.type !== 'file') return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const { body } of tree.read([node])) {
    for await (const chunk of body ?? []) {
      if (size < MOST_BYTES) chunks.push(chunk);
      size += chunk.length;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
