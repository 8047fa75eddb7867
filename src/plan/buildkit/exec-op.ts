import { posix } from 'node:path';
import { type Digest, digestOf } from '../../image/digest.ts';
import type { SolverInput, SolverVertex } from '../../image/solver-vertex.ts';
import type { Platform } from '../../image/types.ts';
import type { RunMount, RunOp, VertexId } from '../graph.ts';
import { DIALECTS, type Dialect, toldIndexes } from './dialect.ts';
import { accountId, fileOp, inlineFile, mkdirBody, outermost } from './file-op.ts';
import { type GoValue, goJson, message } from './go-json.ts';
import { LlbInputs } from './llb-inputs.ts';
import type { SolverFacts } from './solver-facts.ts';

/** The inputs of a RUN; undefined for scratch. */
export interface RunInputs {
  readonly ids: readonly VertexId[];
  readonly vertices: readonly (SolverVertex | undefined)[];
}

/** A mount with files or room, as LLB has it; secrets and sockets are told apart. */
interface LlbMount {
  readonly target: string;
  readonly vertex?: SolverVertex | undefined;
  /** Where the files are, when they are files of our graph. */
  readonly files?: VertexId | undefined;
  readonly made?: boolean;
  /** Path in it; empty for all of it. */
  readonly selector: string;
  readonly readonly: boolean;
  /** The root has one; what is read from other states has none. */
  readonly output: boolean;
  /** The fields of its type. */
  readonly kind: Readonly<Record<string, GoValue>>;
}

/** Numbers of solver/pb/ops.proto. */
const MOUNT_TYPES = { secret: 1, ssh: 2, cache: 3, tmpfs: 4 } as const;
const NETWORKS = { default: 0, host: 1, none: 2 } as const;
const NO_INPUT = -1;
const NO_OUTPUT = -1;
/** Where an owned cache mount's folder lies in the state that the frontend makes for it. */
const CACHE_FOLDER = '/cache';
const SCRIPTS = '/dev/pipes/';
const SHM = '/dev/shm';
const DEFAULT_SOCKET = 'default';
/** What LLB does not say, since the sandbox has it anyway. */
const DEFAULT_HOSTNAME = 'buildkitsandbox';

/**
 * RUN as the Dockerfile frontend lowers it (BuildKit: dockerfile2llb/convert.go, dispatchRun; client/llb/exec.go, Marshal) and as its cache map
 * tells it (solver/llbsolver/ops/exec.go, CacheMap).
 */
export function execVertex(op: RunOp, inputs: RunInputs, facts: SolverFacts): SolverVertex {
  const [base] = inputs.vertices;
  // Sorted by target, as Go's sort leaves them: equal targets are not to be expected.
  const mounts = llbMounts(op, inputs, facts).sort((a, b) => compareBytes(a.target, b.target));
  const llbInputs = new LlbInputs();
  const indexes = mounts.map(({ vertex, made }) =>
    vertex === undefined || made !== true ? llbInputs.add(vertex) : llbInputs.addMade(vertex),
  );
  const digests = namings(op).map(({ dialect, unnamed }) => {
    const others = [...secretMounts(op, dialect), ...socketMounts(op, unnamed, dialect)];
    // The usual case, which old versions did not count: it stays uncounted.
    const isPlain = mounts.length === 1 && others.length === 0;
    const all = [...mounts.map((mount, i) => mountOf(mount, indexes[i] ?? NO_INPUT, dialect)), ...others];
    const exec = message({
      meta: metaOf(op, facts),
      mounts: isPlain ? [] : all,
      network: NETWORKS[op.network],
      security: op.security === 'insecure' ? 1 : 0,
      secretenv: secretVariables(op),
    });
    return digestOf(goJson({ Type: 'buildkit.exec.v0', Exec: exec, ...platformFields(op.platform) }));
  });
  return {
    digests: [...new Set(digests)],
    inputs: llbInputs.vertices.map((vertex, index) =>
      inputOf(
        vertex,
        mounts.filter((_, i) => indexes[i] === index),
        index === 0 ? fromOutside(op) : 0,
        facts,
      ),
    ),
    ...(base === undefined ? {} : { base }),
    ...((op.devices ?? []).length === 0 ? {} : { unknown: 'it asks for devices' }),
  };
}

/** All that versions of BuildKit may have made of it. */
function namings(op: RunOp): readonly { readonly dialect: Dialect; readonly unnamed: string }[] {
  const hasSocket = op.mounts.some(({ type }) => type === 'ssh');
  return DIALECTS.flatMap((dialect) =>
    (hasSocket ? [DEFAULT_SOCKET, ''] : ['']).map((unnamed) => ({ dialect, unnamed })),
  );
}

function platformFields(platform: Platform): Readonly<Record<string, GoValue>> {
  const { os, architecture, variant } = platform;
  return {
    OS: os,
    Arch: architecture,
    ...message({ Variant: variant, OSVersion: platform['os.version'] }),
  };
}

/** BuildKit: solver/pb/ops.proto, Meta. Proxies and addresses of hosts do not count. */
function metaOf(op: RunOp, facts: SolverFacts): GoValue {
  const ulimits = [...facts.ulimits].sort((a, b) => compareBytes(a.name, b.name));
  return message({
    args: op.args,
    env: environmentOf(op),
    cwd: op.cwd,
    user: op.user,
    extraHosts: op.extraHosts.map(({ name }) => message({ Host: name })),
    hostname: op.hostname === DEFAULT_HOSTNAME ? '' : op.hostname,
    ulimit: ulimits.map(({ name, soft, hard }) => message({ Name: name, Soft: soft, Hard: hard })),
    removeMountStubsRecursive: true,
  });
}

function environmentOf(op: RunOp): readonly string[] {
  const socket = op.mounts.find(({ type }) => type === 'ssh');
  if (socket?.type !== 'ssh' || op.env.some((line) => line.startsWith('SSH_AUTH_SOCK='))) return op.env;
  return [...op.env, `SSH_AUTH_SOCK=${socket.written ?? socket.target}`];
}

function llbMounts(op: RunOp, inputs: RunInputs, facts: SolverFacts): LlbMount[] {
  const mounts: LlbMount[] = [
    {
      target: '/',
      vertex: inputs.vertices[0],
      files: inputs.ids[0],
      selector: '',
      readonly: false,
      output: true,
      kind: {},
    },
  ];
  if (op.scriptFile !== undefined) {
    const { path, content } = op.scriptFile;
    mounts.push({
      target: SCRIPTS,
      vertex: inlineFile(posix.join('/', posix.basename(path)), 0o755, content),
      made: true,
      selector: '/',
      readonly: true,
      output: false,
      kind: {},
    });
  }
  for (const mount of op.mounts) {
    const lowered = lowerMount(mount, inputs);
    if (lowered !== undefined) mounts.push(lowered);
  }
  if (facts.shmSize !== undefined) mounts.push(tmpfs(SHM, facts.shmSize, false));
  return mounts;
}

function lowerMount(mount: RunMount, inputs: RunInputs): LlbMount | undefined {
  switch (mount.type) {
    case 'bind':
      return { ...source(mount.from, mount.source, inputs), ...place(mount), kind: {} };
    case 'cache':
      return { ...cacheSource(mount, inputs), ...place(mount), kind: cacheFields(mount) };
    case 'tmpfs':
      return tmpfs(mount.target, mount.size ?? 0, mount.readonly);
    case 'secret':
    case 'ssh':
      return undefined;
  }
}

function place({ target, readonly }: { readonly target: string; readonly readonly: boolean }): {
  readonly target: string;
  readonly readonly: boolean;
  readonly output: false;
} {
  return { target, readonly, output: false };
}

function source(
  from: number,
  path: string,
  { vertices, ids }: RunInputs,
): Pick<LlbMount, 'vertex' | 'files' | 'selector'> {
  return { vertex: vertices[from], files: ids[from], selector: path === '/' ? '' : path };
}

type CacheMount = Extract<RunMount, { type: 'cache' }>;

function cacheSource(
  mount: CacheMount,
  inputs: RunInputs,
): Pick<LlbMount, 'vertex' | 'files' | 'selector' | 'made'> {
  const seed =
    mount.from === undefined
      ? { selector: mount.source === '/' ? '' : mount.source }
      : source(mount.from, mount.source, inputs);
  if (mount.shaped !== true || seed.selector !== '') return seed;
  const { mode, uid, gid } = mount;
  const body = (_: number, dialect: Dialect): GoValue =>
    mkdirBody({
      path: CACHE_FOLDER,
      mode: mode & 0o777,
      parents: false,
      owner: message({ user: accountId(uid, dialect), group: accountId(gid, dialect) }),
      timestamp: -1n,
    });
  const vertex = fileOp(seed.vertex, [{ body }], { contentOf: () => undefined });
  return { vertex, made: true, selector: CACHE_FOLDER };
}

/** The id counts only where it is the one that the target gives by itself. */
function cacheFields({ id, target, sharing }: CacheMount): Readonly<Record<string, GoValue>> {
  // BuildKit puts the namespace, which is mostly empty, and a slash before the id; ours has that only where there is a namespace.
  const [whole, inNamespace] = [`/${id}`, id.slice(id.indexOf('/') + 1)];
  const own = id === target ? whole : inNamespace === target ? id : '';
  return { mountType: MOUNT_TYPES.cache, cacheOpt: message({ ID: sharing === 'shared' ? own : '' }) };
}

function tmpfs(target: string, size: number, readonly: boolean): LlbMount {
  const kind = { mountType: MOUNT_TYPES.tmpfs, TmpfsOpt: message({ size }) };
  return { target, selector: '', readonly, output: false, kind };
}

function mountOf({ target, readonly, output, kind }: LlbMount, input: number, dialect: Dialect): GoValue {
  const { mountType, ...options } = kind;
  const fields = { input, dest: target, output: output ? 0 : NO_OUTPUT, readonly, mountType, ...options };
  return message(fields, toldIndexes(dialect));
}

/** After all other mounts. */
function secretMounts(op: RunOp, dialect: Dialect): readonly GoValue[] {
  return op.mounts.flatMap((mount) =>
    mount.type === 'secret' && mount.target !== undefined
      ? [
          outside(mount.written ?? mount.target, dialect, {
            mountType: MOUNT_TYPES.secret,
            secretOpt: ownedFields(mount, mount.id),
          }),
        ]
      : [],
  );
}

/** @param unnamed what LLB calls the agent that our plan calls `default`: that, or nothing when nobody named it */
function socketMounts(op: RunOp, unnamed: string, dialect: Dialect): readonly GoValue[] {
  return op.mounts.flatMap((mount) =>
    mount.type === 'ssh'
      ? [
          outside(mount.written ?? mount.target, dialect, {
            mountType: MOUNT_TYPES.ssh,
            SSHOpt: ownedFields(mount, mount.id === DEFAULT_SOCKET ? unnamed : mount.id),
          }),
        ]
      : [],
  );
}

/** A mount whose content comes from the client. */
function outside(dest: string, dialect: Dialect, kind: Readonly<Record<string, GoValue>>): GoValue {
  return message(
    { input: dialect.outsideFirst ? 0 : NO_INPUT, dest, output: 0, ...kind },
    toldIndexes(dialect),
  );
}

function ownedFields(mount: Extract<RunMount, { type: 'secret' | 'ssh' }>, id: string): GoValue {
  const { uid, gid, mode, required } = mount;
  return message({ ID: id, uid, gid, mode, optional: !required });
}

function secretVariables(op: RunOp): readonly GoValue[] {
  return op.mounts.flatMap((mount) =>
    mount.type === 'secret' && mount.env !== undefined
      ? [message({ ID: mount.id, name: mount.env, optional: !mount.required })]
      : [],
  );
}

/** Mounts of files that come from the client. */
function fromOutside(op: RunOp): number {
  const kinds = op.mounts.map(
    (mount) => mount.type === 'ssh' || (mount.type === 'secret' && mount.target !== undefined),
  );
  return kinds.filter(Boolean).length;
}

/**
 * BuildKit: ops/exec.go, getMountDeps.
 * @param whole mounts that old versions count as such of all of the input
 */
function inputOf(
  vertex: SolverVertex,
  mounts: readonly LlbMount[],
  whole: number,
  facts: SolverFacts,
): SolverInput {
  const paths = mounts.map(({ selector }) => posix.join('/', selector));
  const last = mounts.at(-1);
  const byContent = last !== undefined && last.target !== '/' && last.files !== undefined;
  const content = byContent ? contentOf(last.files, paths, facts) : undefined;
  const counted = new Set([0, whole].map((more) => selectorOf([...paths, ...Array<string>(more).fill('/')])));
  return { vertex, selectors: [...counted], ...(content === undefined ? {} : { content }) };
}

function contentOf(
  files: VertexId | undefined,
  paths: readonly string[],
  facts: SolverFacts,
): SolverInput['content'] {
  if (files === undefined) return undefined;
  const chosen = outermost(paths);
  const all = chosen.includes('/');
  return facts.contentOf(
    files,
    (all ? ['/'] : chosen).map((path) => ({
      path,
      wildcard: false,
      followLinks: !all,
      include: [],
      exclude: [],
    })),
  );
}

function selectorOf(paths: readonly string[]): Digest {
  return digestOf(paths.join('\0'));
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
