import { BuildError, BuildErrors } from '../../src/base/errors.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import type { ContainerConfig, ImageConfig } from '../../src/image/types.ts';
import type { BuildGraph, Op, Target, Vertex } from '../../src/plan/graph.ts';
import {
  type ImageRequest,
  imageRequestKey,
  type PlanOptions,
  type PlanWarning,
  type ResolvedBase,
} from '../../src/plan/options.ts';
import { plan } from '../../src/plan/plan.ts';

export interface Planned {
  readonly graph: BuildGraph;
  readonly warnings: readonly PlanWarning[];
  readonly notices: readonly string[];
  /** What was asked for, in rounds. */
  readonly rounds: readonly (readonly ImageRequest[])[];
}

/** Container configs by normalised reference; `layers: 0` makes an image without any. */
export type Bases = Readonly<
  Record<string, ContainerConfig & { readonly layers?: number; readonly architecture?: string }>
>;

const AMD64 = parsePlatform('linux/amd64');

/** Plans a text; every image that is not in `bases` is a plain one of one layer. */
export function planText(text: string, options: Partial<PlanOptions> = {}, bases: Bases = {}): Planned {
  const { file, problems } = parseDockerfile(text, 'Dockerfile');
  if (problems.length > 0) throw new BuildErrors(problems);
  const complete: PlanOptions = {
    platforms: [AMD64],
    buildPlatform: AMD64,
    buildArgs: {},
    labels: {},
    namedContexts: {},
    network: 'default',
    addHosts: [],
    noCache: false,
    ...options,
  };
  const resolved = new Map<string, ResolvedBase>();
  const rounds: (readonly ImageRequest[])[] = [];
  for (;;) {
    const result = plan(file, complete, resolved);
    if (result.kind === 'graph') {
      const { graph, warnings, notices } = result;
      return { graph, warnings, notices, rounds };
    }
    rounds.push(result.images);
    for (const request of result.images) {
      resolved.set(imageRequestKey(request), baseOf(request, bases[request.reference]));
    }
  }
}

function baseOf(request: ImageRequest, known: Bases[string] = {}): ResolvedBase {
  const { layers = 1, architecture = request.platform.architecture, ...container } = known;
  const config: ImageConfig = {
    ...request.platform,
    architecture,
    config: { Env: ['PATH=/usr/bin:/bin'], Cmd: ['sh'], ...container },
    rootfs: { type: 'layers', diff_ids: [] },
    history: [{ created_by: `base of ${request.reference}` }],
  };
  return { reference: `${request.reference.replace(/@.*/, '')}@sha256:${'ab'.repeat(32)}`, config, layers };
}

/** The only image of a plan. */
export function onlyTarget({ graph }: Planned): Target {
  const [target] = graph.targets;
  if (target === undefined || graph.targets.length > 1) throw new TypeError('not exactly one target');
  return target;
}

/** The vertices of one kind, in order. */
export function opsOf<K extends Op['kind']>(
  { graph }: Planned,
  kind: K,
): readonly (Vertex & { readonly op: Extract<Op, { kind: K }> })[] {
  return graph.vertices.filter(
    (vertex): vertex is Vertex & { readonly op: Extract<Op, { kind: K }> } => vertex.op.kind === kind,
  );
}

/** `created_by` of the steps above the base. */
export function historyOf(planned: Planned): readonly string[] {
  return onlyTarget(planned).history.map(({ entry }) => entry.created_by ?? '');
}

/** All errors that planning a text gives, as `LINE CODE`. */
export function failuresOf(
  text: string,
  options: Partial<PlanOptions> = {},
  bases: Bases = {},
): readonly string[] {
  try {
    planText(text, options, bases);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const errors = error instanceof BuildErrors ? error.errors : [error];
    return errors.map(({ at, code }) => `${at?.start.line ?? '-'} ${code}`);
  }
  return [];
}
