import { BuildError } from '../../base/errors.ts';
import type { BuiltImage, StepReport } from '../../engine/engine.ts';
import type { DiffId } from '../../image/digest.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import { firstDifference } from '../../image/layer/index-difference.ts';
import type { Image } from '../../image/types.ts';

/** A build to compare: its image and what its layers hold. */
export interface ComparedBuild extends Pick<BuiltImage, 'digest' | 'images' | 'steps'> {
  /** undefined when it is not known. */
  readonly indexOf: (diffId: DiffId) => Promise<LayerIndex | undefined>;
}

/**
 * Why two builds of one request have different digests: the first step, in the order of the plan, whose layers are different, and the first
 * file in them that is; else the layer, or the field of the configuration.
 */
export async function notReproducible(first: ComparedBuild, second: ComparedBuild): Promise<BuildError> {
  const lines = [`The image is not reproducible: ${first.digest} at first, then ${second.digest}`];
  const step = firstStep(first.steps, second.steps);
  if (step !== undefined) {
    lines.push(`The first step with another result: ${step.name}`);
    lines.push(await layerText(first, second, step.diffIds));
    return problem(lines, hintFor(step), step.at);
  }
  for (const [i, { image }] of first.images.entries()) {
    const other = second.images[i]?.image;
    if (other !== undefined) lines.push(...(await imageText(image, other, first, second)));
    if (lines.length > 1) break;
  }
  return problem(lines, 'Name the base image by its digest, so that both builds begin with the same one.');
}

/** Whether two builds differ in nothing but times: a step that came from a cache tells the time of the build that made it. */
export async function sameButForTimes(first: ComparedBuild, second: ComparedBuild): Promise<boolean> {
  const pairs = first.images.flatMap(({ image }, i) => {
    const other = second.images[i]?.image;
    return other === undefined ? [] : [[image, other] as const];
  });
  if (pairs.length !== second.images.length) return false;
  for (const [image, other] of pairs) {
    if (image.layers.length !== other.layers.length) return false;
    if (firstField(withoutTimes(image), withoutTimes(other)) !== undefined) return false;
    for (const [a, b] of changedLayers(image, other)) {
      if (!sameFiles(await first.indexOf(a), await second.indexOf(b))) return false;
    }
  }
  return true;
}

function changedLayers(image: Image, other: Image): readonly (readonly [DiffId, DiffId])[] {
  return image.layers.flatMap(({ diffId }, i) => {
    const twin = other.layers[i]?.diffId;
    return twin === undefined || twin === diffId ? [] : [[diffId, twin] as const];
  });
}

function sameFiles(one: LayerIndex | undefined, two: LayerIndex | undefined): boolean {
  if (one === undefined || two === undefined) return false;
  const timeless = (index: LayerIndex): LayerIndex => ({
    ...index,
    entries: index.entries.map((entry) => ({ ...entry, mtime: 0 })),
  });
  return firstDifference(timeless(one), timeless(two)) === undefined;
}

function withoutTimes({ config }: Image): unknown {
  const { created: _when, rootfs: _layers, history, ...rest } = config;
  return { ...rest, history: history.map(({ created: _then, ...entry }) => entry) };
}

interface ChangedStep extends StepReport {
  readonly diffIds: readonly [DiffId, DiffId];
}

function firstStep(first: readonly StepReport[], second: readonly StepReport[]): ChangedStep | undefined {
  const others = new Map(second.map((step) => [step.id, step.diffId]));
  for (const step of first) {
    const other = others.get(step.id);
    if (step.diffId !== undefined && other !== undefined && step.diffId !== other)
      return { ...step, diffIds: [step.diffId, other] };
  }
  return undefined;
}

async function imageText(
  image: Image,
  other: Image,
  first: ComparedBuild,
  second: ComparedBuild,
): Promise<readonly string[]> {
  const ids = [image, other].map(({ layers }) => layers.map(({ diffId }) => diffId));
  const [own = [], others = []] = ids;
  if (own.length !== others.length) return [`It has ${own.length} layers at first, then ${others.length}`];
  const at = own.findIndex((diffId, i) => diffId !== others[i]);
  const [a, b] = [own[at], others[at]];
  if (a !== undefined && b !== undefined)
    return [`The first layer that differs: layer ${at + 1}`, await layerText(first, second, [a, b])];
  const compressed = image.layers.findIndex(
    ({ descriptor }, i) => descriptor.digest !== other.layers[i]?.descriptor.digest,
  );
  if (compressed >= 0) return [`Layer ${compressed + 1} holds the same and is compressed in another way`];
  const field = firstField(image.config, other.config);
  return field === undefined ? [] : [`The configurations differ in ${field}`];
}

async function layerText(
  first: ComparedBuild,
  second: ComparedBuild,
  [a, b]: readonly [DiffId, DiffId],
): Promise<string> {
  const [one, two] = await Promise.all([first.indexOf(a), second.indexOf(b)]);
  if (one === undefined || two === undefined) return `Its layer is ${a} at first, then ${b}`;
  const found = firstDifference(one, two);
  return found === undefined
    ? `Its layers hold the same files and are written in another way: ${a} at first, then ${b}`
    : `The first file that differs: /${found.path}: ${found.differences.join('; ')}`;
}

function hintFor({ outcome }: StepReport): string {
  const causes =
    'A step may write only what follows from its inputs: no clock, no random numbers, no servers that change.';
  if (outcome.type !== 'cached') return causes;
  return `${causes}\nIts first result came from the cache ${outcome.from}, and two builds without it agree: something that it reads, such as a server or the time of the build, was another then. Build with no-cache.`;
}

function problem(lines: readonly string[], hint: string, at?: StepReport['at']): BuildError {
  return new BuildError({ kind: 'user', code: 'NOT_REPRODUCIBLE', message: lines.join('\n'), hint, at });
}

/** Path of the first value that is not the same in both, e.g. `config.Env[2]`, with the values. */
function firstField(a: unknown, b: unknown, path = ''): string | undefined {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b ? undefined : `${path}: ${JSON.stringify(a)}, then ${JSON.stringify(b)}`;
  }
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
    const below = Array.isArray(a) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = firstField(x[key], y[key], below);
    if (found !== undefined) return found;
  }
  return undefined;
}
