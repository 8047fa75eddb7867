import { parseCacheConfig } from '../../src/cache/backends/buildkit/cache-config.ts';
import { CachedSteps } from '../../src/cache/backends/buildkit/cached-steps.ts';
import type { CachedLayer } from '../../src/cache/build-cache.ts';
import { ignoreMatcher, readIgnoreFile } from '../../src/dockerfile/ignore.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { SolverVertices } from '../../src/engine/embedded/buildkit/solver-vertices.ts';
import type { DiffId, Digest } from '../../src/image/digest.ts';
import type { FileTree } from '../../src/image/file-tree.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import type { Image } from '../../src/image/types.ts';
import type { BuildGraph, Vertex } from '../../src/plan/graph.ts';
import { imageRequestKey, type PlanOptions, type ResolvedBase } from '../../src/plan/options.ts';
import { plan } from '../../src/plan/plan.ts';
import type { BuildkitCase, Recorded, RecordedBase } from './buildkit-case.ts';
import { memoryFiles } from './buildkit-case.ts';
import { memoryTree } from './memory-tree.ts';

const AMD64 = parsePlatform('linux/amd64');

/** A case as this program plans it, and what BuildKit calls its vertices. */
export class PlannedCase {
  readonly graph: BuildGraph;
  readonly #case: BuildkitCase;
  readonly #bases: readonly RecordedBase[];
  readonly #vertices: SolverVertices;

  constructor(each: BuildkitCase, bases: readonly RecordedBase[]) {
    this.#case = each;
    this.#bases = bases;
    this.graph = this.#plan();
    const { ulimits = [], shmSize } = each.options;
    this.#vertices = new SolverVertices({
      graph: this.graph,
      limits: { ulimits, shmSize },
      imageOf: (vertex) => this.#imageOf(vertex),
      contentOf: async ({ op }) =>
        op.kind === 'local' ? this.#context() : op.kind === 'http' ? this.#download(op.filename) : undefined,
      identityOf: async () => undefined,
      treeOf: async () => undefined,
    });
  }

  get steps(): readonly Vertex[] {
    return this.graph.vertices.filter(
      ({ op }) => op.kind === 'run' || op.kind === 'copy' || op.kind === 'mkdir',
    );
  }

  /** Names of the steps that the records do not have. */
  async missing(records: CachedSteps): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const { id, name } of this.steps) {
      const vertex = await this.#vertices.of(id);
      if (vertex === undefined || (await records.resultOf(vertex))?.layer === undefined) missing.push(name);
    }
    return missing;
  }

  #plan(): BuildGraph {
    const { dockerfile, options } = this.#case;
    const { file } = parseDockerfile(dockerfile, 'Dockerfile');
    const { buildArgs = {}, platforms = ['linux/amd64'], addHosts = [] } = options;
    const complete: PlanOptions = {
      platforms: platforms.map((text) => parsePlatform(text)),
      buildPlatform: AMD64,
      buildArgs: { FILES: 'http://files.test', ...buildArgs },
      labels: {},
      namedContexts: {},
      network: 'host',
      addHosts,
      noCache: false,
    };
    const resolved = new Map<string, ResolvedBase>();
    for (;;) {
      const planned = plan(file, complete, resolved);
      if (planned.kind === 'graph') return planned.graph;
      for (const request of planned.images) {
        const { reference, config, manifest } = this.#base(request.reference, request.platform.architecture);
        const layers = config.rootfs.diff_ids.length;
        resolved.set(imageRequestKey(request), {
          reference: `registry.test/${reference}@${manifest}`,
          config,
          layers,
        });
      }
    }
  }

  #base(reference: string, architecture: string): RecordedBase {
    const found = this.#bases.find(
      (base) => reference.endsWith(`/${base.reference}`) && base.platform.endsWith(`/${architecture}`),
    );
    if (found === undefined) throw new TypeError(`${reference} was not recorded`);
    return found;
  }

  #imageOf({ op }: Vertex): { image: Image; source: { digest: string } } {
    if (op.kind !== 'image') throw new TypeError(`${op.kind} is no image`);
    const { config, source } = this.#base(op.reference.replace(/@.*/, ''), op.platform.architecture);
    const layers = config.rootfs.diff_ids.map((diffId) => layerFor(diffId as string as Digest, diffId));
    return { image: { platform: op.platform, config, layers }, source: { digest: source } };
  }

  #context(): FileTree {
    const files = memoryFiles(this.#case.files);
    const ignore = this.#case.files['.dockerignore'];
    const matcher = ignoreMatcher(readIgnoreFile(typeof ignore === 'string' ? ignore : ''));
    const kept = Object.entries(files).filter(([path, file]) => {
      const isFolder = typeof file !== 'string' && file.folder === true;
      return !matcher.excludes(path, isFolder);
    });
    return memoryTree(Object.fromEntries(kept), { undigested: true });
  }

  #download(name: string): FileTree {
    const file = this.#case.options.remote?.[name];
    if (file === undefined) throw new TypeError(`${name} is served by nobody`);
    return memoryTree({ [name]: { ...file, mode: 0o600 } }, { soleFile: name });
  }
}

/** What BuildKit wrote down. */
export function recordedSteps({ config, manifest }: Recorded): CachedSteps {
  const layers = manifest.layers.map(({ digest, annotations }): [Digest, CachedLayer] => {
    const diffId = annotations['containerd.io/uncompressed'] as string as DiffId;
    return [digest as Digest, layerFor(digest as Digest, diffId)];
  });
  return new CachedSteps(parseCacheConfig(config), new Map(layers));
}

function layerFor(digest: Digest, diffId: DiffId): CachedLayer {
  return {
    descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 1 },
    diffId,
    sources: [],
  };
}
