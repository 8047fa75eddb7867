import { BuildError } from '../../base/errors.ts';
import type { ContentStore } from '../../image/content-store.ts';
import { encoded } from '../../image/digest.ts';
import type { FileTree } from '../../image/file-tree.ts';
import type { EntryWithBody } from '../../image/layer/entry.ts';
import { baseOf } from '../../image/layer/entry-path.ts';
import { diffIdOf, type WrittenLayer, writeLayer } from '../../image/layer/write-layer.ts';
import type { Layer, Platform } from '../../image/types.ts';
import type { CopyOp, RunOp, Vertex, VertexId } from '../../plan/graph.ts';
import type {
  Emulation,
  FinishedRun,
  LayerFile,
  LayerPreparer,
  LayerStack,
  Worker,
} from '../../worker/worker.ts';
import type { BuildRequest } from '../engine.ts';
import type { Blobs } from './blobs.ts';
import { followPath } from './copy/followed-path.ts';
import { membersWithBodies } from './copy/member-bodies.ts';
import type { PlannedMember } from './copy/planned-member.ts';
import type { KeptMounts } from './kept-mounts.ts';
import { withKeptOwners } from './kept-owners.ts';
import { type TimePolicy, timed, withTimes } from './layer-times.ts';
import { MadeLayers } from './made-layers.ts';
import { runCopy, runMkdir } from './ops/copy.ts';
import { checkEmulation } from './ops/emulation.ts';
import { type LayersAndPath, runRun } from './ops/run.ts';
import type { MadeLayer } from './solver.ts';
import type { Steps } from './steps.ts';
import { compressionFor, type Trees } from './trees.ts';

export interface ExecutorOptions {
  readonly request: BuildRequest;
  readonly blobs: Blobs;
  readonly trees: Trees;
  readonly steps: Steps;
  readonly times: TimePolicy;
  readonly vertex: (id: VertexId) => Vertex;
  /** All layers up to and with a vertex, solving it if need be. */
  readonly stack: (id: VertexId) => Promise<readonly Layer[]>;
  readonly worker: () => Promise<Worker>;
  /** The same one, as soon as it can unpack layers. */
  readonly preparer: () => Promise<LayerPreparer>;
  readonly agentSocket: (id: string) => Promise<string>;
  readonly emulationFor: (platform: Platform) => Promise<Emulation>;
  /** Absent: no cache keeps the folders of RUN --mount=type=cache. */
  readonly mounts?: KeptMounts | undefined;
}

/** Runs single steps and turns their outcome into layers. */
export class Executor {
  readonly #options: ExecutorOptions;
  readonly #materialised = new Map<string, Promise<LayerStack>>();
  readonly #made = new MadeLayers();

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  async execute(vertex: Vertex, signal: AbortSignal): Promise<MadeLayer> {
    const { op } = vertex;
    switch (op.kind) {
      case 'copy':
        return this.#writeCopy(
          await runCopy(op, await this.#copyInputs(vertex, op), this.#options.times.to),
          signal,
        );
      case 'mkdir':
        return this.#write(runMkdir(op, await this.#inputTree(vertex, 0), this.#options.times.to), signal);
      case 'run': {
        const { request, steps, worker, mounts } = this.#options;
        await this.#checkEmulation(vertex, op);
        mounts?.begin(op, worker, signal);
        await using run = await runRun(op, vertex, {
          request,
          worker: await this.#startedWorker(vertex, signal),
          stackOf: (input) => this.#stackFiles(vertex.inputs[input]),
          filesAt: (input, path) => this.#filesAt(vertex.inputs[input], path),
          mountsReady: async (list) => await mounts?.ready(list, worker, signal),
          mountsWritten: (list) => mounts?.written(list),
          agentSocket: this.#options.agentSocket,
          signal,
          onOutput: (text, stream) => steps.output(vertex, text, stream),
          drained: steps.drained,
        });
        const made = await this.#write(await this.#changes(run, vertex, await worker()), signal);
        await run.commit(made.layer.diffId, this.#options.times);
        return made;
      }
      default:
        throw new BuildError({ kind: 'bug', code: 'NOT_A_STEP', message: `${op.kind} is not executed` });
    }
  }

  /** What a step stands on is unpacked as soon as the worker can, which is before it can run the step. */
  async #startedWorker({ inputs }: Vertex, signal: AbortSignal): Promise<Worker> {
    const { worker, preparer } = this.#options;
    let isStarted = false;
    const early = async (): Promise<void> => {
      const [stack, ready] = await Promise.all([this.#stackFiles(inputs[0]), preparer()]);
      if (!isStarted) await ready.unpack(stack, signal);
    };
    // What goes wrong is told by the step itself.
    early().catch(() => undefined);
    const started = await worker();
    isStarted = true;
    return started;
  }

  async #changes(run: FinishedRun, vertex: Vertex, worker: Worker): Promise<AsyncIterable<EntryWithBody>> {
    const { highestId } = await worker.isolation();
    if (highestId === undefined) return run.changes();
    return withKeptOwners(run.changes(), await this.#inputTree(vertex, 0), highestId);
  }

  async #write(members: AsyncIterable<EntryWithBody>, signal: AbortSignal): Promise<MadeLayer> {
    const { request, blobs, times } = this.#options;
    const written = await writeLayer(withTimes(members, times), untilAborted(blobs.store, signal), {
      compression: request.compression,
    });
    const made = { layer: layerOf(written), index: written.index };
    this.#made.add(made);
    return made;
  }

  /** What a stage makes is often copied to where it was made, and one context into several stages: nothing is compressed and stored twice for that. */
  async #writeCopy(planned: readonly PlannedMember[], signal: AbortSignal): Promise<MadeLayer> {
    const { times } = this.#options;
    const alike = this.#made.alike(planned.map(({ entry }) => timed(entry, times)));
    if (alike.length > 0) {
      const diffId = await diffIdOf(withTimes(abortable(membersWithBodies(planned), signal), times));
      const same = alike.find(({ layer }) => layer.diffId === diffId);
      if (same !== undefined) return same;
    }
    return await this.#write(membersWithBodies(planned), signal);
  }

  /** The destination of a `--link` copy is not looked at, so it is not opened either. */
  #copyInputs(vertex: Vertex, op: CopyOp): Promise<readonly (FileTree | undefined)[]> {
    return Promise.all(
      vertex.inputs.map((_, i) => (i === 0 && op.link ? undefined : this.#inputTree(vertex, i))),
    );
  }

  /** A base for this machine needs no emulation, whatever it is built for. */
  async #checkEmulation(vertex: Vertex, { platform, programs }: RunOp): Promise<void> {
    const { emulationFor, request } = this.#options;
    const emulation = await emulationFor(platform);
    if (emulation.kind === 'missing' && programs !== undefined) {
      const native = await emulationFor(programs);
      if (native.kind === 'ready') return;
    }
    await checkEmulation({
      platform,
      machine: request.buildPlatform,
      emulation,
      root: () => this.#inputTree(vertex, 0),
    });
  }

  async #inputTree({ inputs }: Vertex, i: number): Promise<FileTree | undefined> {
    const id = inputs[i];
    return id === undefined ? undefined : this.tree(id);
  }

  /** The files of a vertex, which is solved if need be; undefined for an empty root file system. */
  async tree(id: VertexId): Promise<FileTree | undefined> {
    const vertex = this.#options.vertex(id);
    if (vertex.op.kind === 'scratch') return undefined;
    const content = await this.#options.trees.contentOf(vertex);
    return content ?? this.#options.trees.ofStack(nameOf(vertex), await this.#options.stack(id));
  }

  /** A vertex as layer files. */
  async #stackFiles(id: VertexId | undefined): Promise<LayerStack> {
    return id === undefined ? [] : this.layerFiles(await this.#options.stack(id));
  }

  /** A vertex as layer files, and a path in them; a context becomes one uncompressed layer of what is at the path, links followed. */
  async #filesAt(id: VertexId | undefined, path: string): Promise<LayersAndPath> {
    const vertex = id === undefined ? undefined : this.#options.vertex(id);
    const content = vertex === undefined ? undefined : await this.#options.trees.contentOf(vertex);
    if (content === undefined) return { stack: await this.#stackFiles(id), path };
    const followed = await followPath((at) => content.lookup(at), path);
    const name = `${id} ${followed}`;
    let stack = this.#materialised.get(name);
    if (stack === undefined) {
      stack = this.#materialise(content, followed);
      this.#materialised.set(name, stack);
      stack.catch(() => undefined);
    }
    return { stack: await stack, path: `/${followed}` };
  }

  async #materialise(content: FileTree, path: string): Promise<LayerStack> {
    const { blobs } = this.#options;
    const members = plainNames(everything(content, path));
    const written = await writeLayer(members, blobs.store, { compression: { type: 'none' } });
    return this.layerFiles([layerOf(written)]);
  }

  /** @throws as Blobs.ensure */
  layerFiles(layers: readonly Layer[]): Promise<LayerStack> {
    const { blobs } = this.#options;
    return Promise.all(
      layers.map(async (layer): Promise<LayerFile> => {
        await blobs.ensure(layer);
        const path = blobs.store.pathOf(layer.descriptor.digest);
        if (path === undefined) {
          throw new BuildError({
            kind: 'bug',
            code: 'STORE_WITHOUT_FILES',
            message: `The content store has no file for ${encoded(layer.diffId)}`,
          });
        }
        return { diffId: layer.diffId, path, compression: compressionFor(layer) };
      }),
    );
  }
}

/** @throws BuildError `WHITEOUT_NAME` for what would not be a file for the worker, which unpacks a layer */
async function* plainNames(members: AsyncIterable<EntryWithBody>): AsyncGenerator<EntryWithBody> {
  for await (const member of members) {
    const { path } = member.entry;
    if (baseOf(path).startsWith('.wh.')) {
      throw new BuildError({
        kind: 'user',
        code: 'WHITEOUT_NAME',
        message: `/${path} cannot be mounted: names that begin with .wh. mark deleted files in layers`,
        hint: 'Give it another name, or leave it out in the ignore file.',
      });
    }
    yield member;
  }
}

/** The folders on the way to `path`, and all from there down, in path order. */
async function* everything(tree: FileTree, path: string): AsyncGenerator<EntryWithBody> {
  const names = path === '' ? [] : path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    const parent = await tree.lookup(names.slice(0, depth).join('/'));
    if (parent?.type !== 'directory') return;
    yield { entry: parent };
  }
  const top = path === '' ? undefined : await tree.lookup(path);
  if (top !== undefined && top.type !== 'directory') yield* tree.read([top]);
  else {
    if (top !== undefined) yield { entry: top };
    yield* folder(tree, path);
  }
}

async function* folder(tree: FileTree, path: string): AsyncGenerator<EntryWithBody> {
  for (const node of await tree.list(path)) {
    if (node.type === 'directory') {
      yield { entry: node };
      yield* folder(tree, node.path);
    } else yield* tree.read([node]);
  }
}

/** Stores nothing of which the end comes after an abort. */
function untilAborted(store: ContentStore, signal: AbortSignal): Pick<ContentStore, 'put'> {
  return { put: (source, expected) => store.put(abortable(source, signal), expected) };
}

async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const item of source) {
    signal.throwIfAborted();
    yield item;
  }
  signal.throwIfAborted();
}

function layerOf(written: WrittenLayer): Layer {
  return { descriptor: written.descriptor, diffId: written.diffId, sources: [] };
}

function nameOf(vertex: Vertex): string {
  return vertex.op.kind === 'image' ? `the image ${vertex.op.reference}` : `the result of ${vertex.name}`;
}
