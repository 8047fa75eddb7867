import { BuildError } from '../../base/errors.ts';

/** Linux's limits.h, for bytes; characters are not more. No runtime could unpack it, and depth costs us stack. */
const PATH_MAX = 4096;

/**
 * A member's name as a path of the tree, as Docker reads it: `./a//b/` is `a/b`, `/a` is `a`, `a/../b` is `b`, `/../a` is `a`
 * (nothing is above the root), and the root itself is the empty string.
 * @throws BuildError `TAR_PATH_ESCAPES` for a relative name that leaves the root, like `../a`; `TAR_DAMAGED` for a NUL in it; `TAR_UNSUPPORTED` for one
 * that is too long
 */
export function cleanPath(name: string): string {
  checkLength(name, name);
  if (isClean(name)) return name;
  if (name.includes('\0')) {
    throw new BuildError({
      kind: 'user',
      code: 'TAR_DAMAGED',
      message: `The archive has a member whose name holds a NUL: ${JSON.stringify(name)}`,
    });
  }
  const rooted = name.startsWith('/');
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined && !rooted) throw escapes(name);
  }
  return parts.join('/');
}

/** @throws BuildError `TAR_UNSUPPORTED` for a path or a link's target that no Linux could hold; `name`: the member's */
export function checkLength(path: string, name: string): void {
  if (path.length < PATH_MAX) return;
  throw new BuildError({
    kind: 'user',
    code: 'TAR_UNSUPPORTED',
    message: `The archive has a member with a name or a target of more than ${PATH_MAX} characters: ${JSON.stringify(name.slice(0, 100))}…`,
  });
}

/** The path of the folder that holds `path`; undefined for the root. */
export function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `name` in `folder`, where the root is the empty string. */
export function childPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Most names need no work; says no too often rather than too seldom. */
function isClean(name: string): boolean {
  return (
    name !== '' &&
    !name.startsWith('/') &&
    !name.startsWith('.') &&
    !name.endsWith('/') &&
    !name.includes('/.') &&
    !name.includes('//') &&
    !name.includes('\0')
  );
}

function escapes(name: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TAR_PATH_ESCAPES',
    message: `The archive has a member that would land outside of the root: ${JSON.stringify(name)}`,
    hint: 'Such an archive is made by mistake or with bad intent; pack it again from inside the folder.',
  });
}
