import { difference } from './difference.ts';
import { isObject, type Json, objects, strings, text } from './json-shape.ts';
import type { Inode, LayoutView, Tree } from './layout-view.ts';

const CONFIG_KEYS = [
  ...['Cmd', 'Entrypoint', 'WorkingDir', 'User', 'ExposedPorts', 'Volumes', 'Labels', 'StopSignal'],
  ...['Healthcheck', 'OnBuild', 'Shell', 'ArgsEscaped'],
];

/**
 * In what an image is another one than its golden description: config, platform, author, files. How the same files are told or packed
 * (wording of history, number of layers, times) is not looked at.
 */
export function imageDifferences(golden: Json, view: LayoutView): string[] {
  return [...configDifferences(golden, view.config), ...fileDifferences(golden, view)];
}

function configDifferences(golden: Json, config: Json): string[] {
  const have = isObject(config['config']) ? config['config'] : {};
  const want = isObject(golden['config']) ? golden['config'] : {};
  const found = CONFIG_KEYS.map((key) =>
    difference(meaningful(have[key]), meaningful(want[key]), `config.${key}`),
  );
  found.push(difference(variables(have['Env']), variables(want['Env']), 'config.Env'));
  for (const [key, value] of Object.entries(isObject(golden['platform']) ? golden['platform'] : {})) {
    found.push(difference(text(config[key]), value, key));
  }
  found.push(difference(text(config['author']), text(golden['author']), 'author'));
  return found.filter((one) => one !== undefined);
}

/** Empty and absent are the same. */
function meaningful(value: unknown): unknown {
  if (value === null || value === '' || value === false) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  return isObject(value) && Object.keys(value).length === 0 ? undefined : value;
}

/** The order of variables does not count. */
function variables(value: unknown): string[] {
  return [...strings(value)].sort();
}

/** What a sandbox may leave behind as mount points, by type. */
const STUBS: Readonly<Record<string, string>> = {
  proc: 'dir',
  sys: 'dir',
  dev: 'dir',
  etc: 'dir',
  run: 'dir',
  'etc/hosts': 'file',
  'etc/hostname': 'file',
  'etc/resolv.conf': 'file',
  'dev/pts': 'dir',
  'dev/shm': 'dir',
  'dev/mqueue': 'dir',
  'dev/console': 'file',
};

function isStub(path: string, entry: Json): boolean {
  return STUBS[path] === entry['type'] && !entry['size'] && entry['in_base'] !== true;
}

function fileDifferences(golden: Json, { base, tree }: LayoutView): string[] {
  const have = new Map(changes(base, tree).map((entry) => [text(entry['path']), entry]));
  const want = new Map(objects(golden['rootfs']).map((entry) => [text(entry['path']), entry]));
  const volatile = new Map(
    objects(golden['volatile']).map((one) => [text(one['path']), strings(one['keys'])]),
  );
  const found: (string | undefined)[] = [];
  for (const path of [...new Set([...want.keys(), ...have.keys()])].sort()) {
    found.push(entryDifference(path, want.get(path), have.get(path), volatile.get(path)));
  }
  const removed = topmost([...base.keys()].filter((path) => !tree.has(path)).sort());
  found.push(difference(removed, topmost([...strings(golden['removed'])].sort()), 'removed'));
  return found.filter((one) => one !== undefined);
}

function entryDifference(
  path: string,
  want: Json | undefined,
  have: Json | undefined,
  volatile: readonly string[] | undefined,
): string | undefined {
  if (want === undefined || have === undefined) return oneSided(path, want, have, volatile !== undefined);
  for (const key of ['type', 'mode', 'uid', 'gid', 'size', 'sha256', 'target', 'dev']) {
    if (volatile?.includes(key) === true) continue;
    const found = difference(have[key] ?? undefined, want[key] ?? undefined, `/${path} ${key}`);
    if (found !== undefined) return found;
  }
  return (
    difference(have['xattrs'] ?? {}, want['xattrs'] ?? {}, `/${path} xattrs`) ??
    difference(have['hardlinks'] ?? [], want['hardlinks'] ?? [], `/${path} hardlinks`)
  );
}

function oneSided(
  path: string,
  want: Json | undefined,
  have: Json | undefined,
  volatile: boolean,
): string | undefined {
  const there = want ?? have;
  if (there === undefined || there['only_mtime'] === true || volatile || isStub(path, there))
    return undefined;
  if (have !== undefined) return `/${path} is there, but not in the golden image`;
  return want?.['in_base'] === true ? `/${path} is as in the base` : `/${path} is missing`;
}

/** The entries that are new or changed against the base. */
function changes(base: Tree, tree: Tree): Json[] {
  const links = new Map<Inode, string[]>();
  for (const [path, inode] of tree) {
    const paths = links.get(inode);
    if (paths === undefined) links.set(inode, [path]);
    else paths.push(path);
  }
  const list: Json[] = [];
  for (const [path, inode] of tree) {
    const before = base.get(path);
    const { mtime, mode, ...rest } = inode;
    const same = before !== undefined && difference({ ...before, mtime }, inode) === undefined;
    if (before === inode || (same && before.mtime === mtime)) continue;
    const others = (links.get(inode) ?? []).filter((one) => one !== path).sort();
    list.push({
      path,
      ...rest,
      ...(inode.type === 'symlink' ? {} : { mode }),
      ...(before === undefined ? {} : { in_base: true }),
      ...(same ? { only_mtime: true } : {}),
      ...(others.length === 0 ? {} : { hardlinks: others }),
    });
  }
  return list;
}

/** Without the paths that lie below another one of the list, which is sorted. */
function topmost(paths: readonly string[]): string[] {
  const top: string[] = [];
  for (const path of paths) {
    if (!top.some((one) => path.startsWith(`${one}/`))) top.push(path);
  }
  return top;
}
