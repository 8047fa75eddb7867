import { baseOf, childPath, parentOf } from './entry-path.ts';

/** OCI image-spec 1.1, layer.md "Whiteouts". */
const PREFIX = '.wh.';
/** Files of aufs's own, and the opaque mark. */
const META_PREFIX = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';

/** What an entry of a layer means besides files: something below is hidden. Paths are those of what is hidden. */
export type Whiteout =
  | { readonly kind: 'removed'; readonly path: string }
  /** Everything that lower layers have in this folder. */
  | { readonly kind: 'opaque'; readonly path: string }
  /** Of no meaning to us. */
  | { readonly kind: 'ignored' };

/** undefined for an entry that is a file like any other. */
export function whiteoutOf(path: string): Whiteout | undefined {
  // Nearly all paths, cheaply.
  if (!path.includes(PREFIX)) return undefined;
  const folder = parentOf(path) ?? '';
  const name = baseOf(path);
  if (name === OPAQUE) return { kind: 'opaque', path: folder };
  if (path.split('/').some((part) => part.startsWith(META_PREFIX))) return { kind: 'ignored' };
  if (!name.startsWith(PREFIX)) return undefined;
  const hidden = name.slice(PREFIX.length);
  // `.wh.`, `.wh..` and `.wh...` name nothing that could be removed.
  if (hidden === '' || hidden === '.' || hidden === '..') return { kind: 'ignored' };
  return { kind: 'removed', path: childPath(folder, hidden) };
}
