import { createHash } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tempDir } from '../../../src/base/temp.ts';
import { ignoreMatcher, readIgnoreFile } from '../../../src/dockerfile/ignore.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { copyEntries } from '../../../src/engine/embedded/copy/copy.ts';
import { membersWithBodies } from '../../../src/engine/embedded/copy/member-bodies.ts';
import { mkdirEntries } from '../../../src/engine/embedded/copy/mkdir.ts';
import type { FileTree, TreeNode } from '../../../src/image/file-tree.ts';
import type { EntryWithBody } from '../../../src/image/layer/entry.ts';
import { layerTree, type TreeLayer } from '../../../src/image/layer/layer-tree.ts';
import { writeLayer } from '../../../src/image/layer/write-layer.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import type { BuildGraph, Vertex, VertexId } from '../../../src/plan/graph.ts';
import { plan } from '../../../src/plan/plan.ts';
import { localTree } from '../../../src/worker/source/local.ts';
import type { Adapter, Outcome } from '../adapter.ts';
import { fail, pass } from '../adapter.ts';
import { equal } from '../difference.ts';
import { isObject, type Json, listOf, objects, text } from '../json-shape.ts';

const MTIME = 1_700_000_000;
const PLATFORM = { os: 'linux', architecture: 'amd64' };

/** FROM scratch files with COPY, ADD and WORKDIR on contexts, and the trees that come out. */
export const adapter: Adapter = {
  name: 'dockerfile-copy',
  concurrency: 4,
  recognises: (_, json) =>
    isObject(json) && isObject(json['contexts']) && listOf(json['cases'], 'dockerfile', 'context', 'expect'),
  *cases(json) {
    if (!isObject(json) || !isObject(json['contexts'])) return;
    const contexts = json['contexts'];
    for (const one of objects(json['cases'])) {
      const context = contexts[text(one['context'])];
      const expect = one['expect'];
      yield {
        id: text(one['id']),
        run: () =>
          check(text(one['dockerfile']), isObject(context) ? context : {}, isObject(expect) ? expect : {}),
      };
    }
  },
};

async function check(dockerfile: string, context: Json, expect: Json): Promise<Outcome> {
  await using folder = await tempDir(tmpdir(), 'conformance-copy-');
  let files: Json;
  try {
    await writeContext(folder.path, context);
    files = await build(dockerfile, folder.path, ignoreText(context));
  } catch (error) {
    if ('error' in expect && (error as { kind?: string }).kind === 'user') return pass;
    throw error;
  }
  if ('error' in expect) return fail(`succeeded, expected ${text(expect['error'])}`);
  return equal(files, expectedFiles(expect['files'], files, archivesOf(context)));
}

/** Digests of the context's archives. */
function archivesOf(context: Json): ReadonlySet<string> {
  const specs = Object.values(context).flatMap((entry) => (isObject(entry) ? [entry['spec']] : []));
  return new Set(specs.filter(isObject).map((spec) => digestOf(archive(spec).toString('latin1'))));
}

function digestOf(content: string): string {
  return createHash('sha256').update(content, 'latin1').digest('hex');
}

async function build(dockerfile: string, folder: string, ignore: string | undefined): Promise<Json> {
  const parsed = parseDockerfile(dockerfile, 'Dockerfile');
  const [problem] = parsed.problems;
  if (problem !== undefined) throw problem;
  const result = plan(
    parsed.file,
    {
      platforms: [PLATFORM],
      buildPlatform: PLATFORM,
      buildArgs: {},
      labels: {},
      namedContexts: {},
      network: 'default',
      addHosts: [],
      noCache: false,
    },
    new Map(),
  );
  if (result.kind !== 'graph') throw new TypeError('the plan needs images');
  const last = result.graph.targets[0]?.vertex;
  if (last === undefined) throw new TypeError('the plan has no target');
  const builder = new Builder(result.graph, contextTree(folder, ignore));
  return builder.files(last);
}

/** Runs the steps of a graph on trees, one layer each. */
class Builder {
  readonly #vertices: ReadonlyMap<VertexId, Vertex>;
  readonly #context: FileTree;
  readonly #store = memoryStore();
  readonly #layers = new Map<VertexId, readonly TreeLayer[]>();

  constructor(graph: BuildGraph, context: FileTree) {
    this.#vertices = new Map(graph.vertices.map((vertex) => [vertex.id, vertex]));
    this.#context = context;
  }

  /** The result as the vectors tell it. */
  async files(id: VertexId): Promise<Json> {
    const layers = await this.#stack(id);
    const tree = layerTree('the result', layers);
    const files = await describe(tree);
    // A whiteout of nothing is a file of that name: only archives that ADD unpacks hold such.
    for (const [i, { index }] of layers.entries()) {
      const below = layerTree('below', layers.slice(0, i));
      for (const entry of index.entries) {
        const name = /^((?:.*\/)?)\.wh\.([^/]+)$/.exec(entry.path);
        if (name === null || (await below.lookup(`${name[1]}${name[2]}`)) !== undefined) continue;
        files[entry.path] = described(entry, '');
      }
    }
    return files;
  }

  async #tree(id: VertexId | undefined): Promise<FileTree | undefined> {
    const vertex = id === undefined ? undefined : this.#vertices.get(id);
    if (vertex === undefined || vertex.op.kind === 'scratch') return undefined;
    return vertex.op.kind === 'local' ? this.#context : layerTree(vertex.name, await this.#stack(vertex.id));
  }

  async #stack(id: VertexId): Promise<readonly TreeLayer[]> {
    let layers = this.#layers.get(id);
    if (layers === undefined) {
      layers = await this.#make(id);
      this.#layers.set(id, layers);
    }
    return layers;
  }

  async #make(id: VertexId): Promise<readonly TreeLayer[]> {
    const vertex = this.#vertices.get(id);
    const [first] = vertex?.inputs ?? [];
    if (vertex === undefined || vertex.op.kind === 'scratch' || first === undefined) return [];
    return [...(await this.#stack(first)), await this.#layer(await this.#members(vertex))];
  }

  async #members(vertex: Vertex): Promise<AsyncIterable<EntryWithBody>> {
    const { op } = vertex;
    const inputs = await Promise.all(vertex.inputs.map((input) => this.#tree(input)));
    if (op.kind === 'mkdir') {
      const entries = await mkdirEntries(op, inputs[0], MTIME);
      return (async function* () {
        for (const entry of entries) yield { entry };
      })();
    }
    if (op.kind !== 'copy') throw new TypeError(`${op.kind} is not for this adapter`);
    return membersWithBodies(await copyEntries(op, inputs, { mtime: MTIME }));
  }

  async #layer(members: AsyncIterable<EntryWithBody>): Promise<TreeLayer> {
    const { descriptor, index } = await writeLayer(members, this.#store, { compression: { type: 'none' } });
    return { index, open: () => this.#store.open(descriptor.digest) };
  }
}

async function describe(tree: FileTree): Promise<Record<string, unknown>> {
  const nodes: TreeNode[] = [];
  const walk = async (path: string): Promise<void> => {
    for (const node of await tree.list(path)) {
      nodes.push(node);
      await walk(node.path);
    }
  };
  await walk('');
  const files: Record<string, unknown> = {};
  for (const node of nodes) {
    if (node.type !== 'file') files[node.path] = described(node);
  }
  const firstNames = new Map<string, string>();
  for await (const { entry, body } of tree.read(nodes.filter((node) => node.type === 'file'))) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body ?? []) chunks.push(Buffer.from(chunk));
    files[entry.path] = described(entry, Buffer.concat(chunks).toString('latin1'));
  }
  for (const { path, inode } of nodes) {
    if (inode === undefined) continue;
    const first = firstNames.get(inode);
    if (first === undefined) firstNames.set(inode, path);
    else files[path] = { ...(files[path] as Json), hardlinkOf: first };
  }
  return files;
}

function described(node: Omit<TreeNode, 'inode'>, content?: string): Json {
  const type = node.type === 'directory' ? 'dir' : node.type;
  return {
    type,
    uid: node.uid,
    gid: node.gid,
    ...(type === 'symlink' ? { target: node.linkName } : { mode: node.mode.toString(8).padStart(4, '0') }),
    ...(content === undefined ? {} : contentOf(content)),
  };
}

/** Vectors give archives as a digest. */
function contentOf(content: string): Json {
  if (!content.includes('\0')) return { content };
  return { sha256: digestOf(content) };
}

/**
 * Vectors leave zeros out. They tell archives that are copied as they are by a digest, but not which times the harness wrote into
 * them, so there any archive of the context is right.
 */
function expectedFiles(expected: unknown, actual: Json, archives: ReadonlySet<string>): Json {
  if (!isObject(expected)) return {};
  return Object.fromEntries(
    Object.entries(expected).map(([path, file]) => {
      const found = actual[path];
      const digest = isObject(found) ? text(found['sha256']) : '';
      const sameKind = isObject(file) && 'sha256' in file && archives.has(digest);
      return [
        path,
        { uid: 0, gid: 0, ...(isObject(file) ? file : {}), ...(sameKind ? { sha256: digest } : {}) },
      ];
    }),
  );
}

function contextTree(folder: string, ignore: string | undefined): FileTree {
  const name = 'the build context';
  if (ignore === undefined) return localTree({ name, root: folder });
  const matcher = ignoreMatcher(readIgnoreFile(ignore));
  return localTree({
    name,
    root: folder,
    includes: (path, isDirectory) => {
      if (!matcher.excludes(path, isDirectory)) return true;
      return isDirectory && !matcher.mayContainExceptionsBelow(path) ? 'prune' : false;
    },
  });
}

function ignoreText(context: Json): string | undefined {
  const file = context['.dockerignore'];
  return isObject(file) ? text(file['content']) : undefined;
}

async function writeContext(folder: string, context: Json): Promise<void> {
  const entries = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, entry] of entries) {
    if (isObject(entry)) await writeEntry(join(folder, path), entry);
  }
  for (const [path, entry] of entries.reverse()) {
    if (isObject(entry) && entry['type'] !== 'symlink')
      await chmod(join(folder, path), Number(entry['mode']));
  }
}

async function writeEntry(path: string, entry: Json): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (entry['type'] === 'dir') await mkdir(path, { recursive: true });
  else if (entry['type'] === 'symlink') await symlink(text(entry['target']), path);
  else await writeFile(path, isObject(entry['spec']) ? archive(entry['spec']) : text(entry['content']));
}

function archive(spec: Json): Buffer {
  if (isObject(spec['gzip'])) return gzipSync(archive(spec['gzip']));
  const members = objects(spec['tar']).map(tarMember);
  return Buffer.concat([...members, Buffer.alloc(1024)]);
}

const FLAGS: Readonly<Record<string, string>> = { file: '0', hardlink: '1', symlink: '2', dir: '5' };

/** As Go's archive/tar writes it; names are kept as they are, so our own writer will not do. */
function tarMember(member: Json): Buffer {
  const content = Buffer.from(text(member['content']));
  const header = Buffer.alloc(512);
  const octal = (value: unknown, at: number, length: number): void => {
    header.write(
      `${Number(value ?? 0)
        .toString(8)
        .padStart(length - 1, '0')}\0`,
      at,
    );
  };
  header.write(text(member['name']), 0);
  octal(member['mode'], 100, 8);
  octal(member['uid'], 108, 8);
  octal(member['gid'], 116, 8);
  octal(content.length, 124, 12);
  octal(0, 136, 12);
  header.write(' '.repeat(8), 148);
  header.write(FLAGS[text(member['type'])] ?? '0', 156);
  header.write(text(member['target']), 157);
  header.write('ustar\u000000', 257, 'latin1');
  octal(0, 329, 8);
  octal(0, 337, 8);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
