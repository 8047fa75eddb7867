import { BuildError } from '../../base/errors.ts';
import { isToldTime } from '../../image/told-time.ts';
import type { HistoryEntry, Image, ImageConfig, Layer } from '../../image/types.ts';
import type { Target, VertexId } from '../../plan/graph.ts';
import type { BuildEpoch } from '../engine.ts';

export interface Assembly {
  readonly target: Target;
  /** All layers, base first. */
  readonly layers: readonly Layer[];
  /** How many of them are the base image's. */
  readonly baseLayers: number;
  /** When the layer of a vertex was made; ISO 8601. */
  readonly madeAt: (vertex: VertexId) => string;
  /** Steps that changed nothing, whose empty layer was left out. */
  readonly layerless: ReadonlySet<VertexId>;
  readonly epoch: BuildEpoch;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Layers, config and history as one image. A step that came from a cache keeps its time, so an unchanged image keeps its digest. */
export function assemble(assembly: Assembly): Image {
  const { target, layers, baseLayers, epoch, annotations } = assembly;
  const steps = timedHistory(assembly);
  const created = epoch.fixed ? isoTime(epoch.seconds) : (steps.at(-1)?.created ?? isoTime(epoch.seconds));
  const history = [...completed(target.baseHistory, baseLayers, created), ...steps];
  const config: ImageConfig = {
    ...target.config,
    created,
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history,
  };
  const image: Image = { platform: target.platform, config, layers };
  checkCounts(image);
  return Object.keys(annotations).length === 0 ? image : { ...image, annotations };
}

/** Seconds since 1970 as OCI writes times (RFC 3339). */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Layers tell their own time; what makes none tells that of the layer before it, else of the one after it (BuildKit's rule). */
function timedHistory({
  target,
  madeAt,
  layerless,
  epoch,
}: Assembly): readonly (HistoryEntry & { readonly created: string })[] {
  const latest = isoTime(epoch.seconds);
  const own = target.history.map(({ vertex }) => {
    if (vertex === undefined) return undefined;
    // Caches may write the same time in another form, or none at all.
    const seconds = Math.floor(Date.parse(madeAt(vertex)) / 1000);
    const time = isToldTime(seconds) ? isoTime(seconds) : latest;
    return epoch.fixed && time > latest ? latest : time;
  });
  let current = own.find((time) => time !== undefined) ?? latest;
  return target.history.map(({ entry, vertex }, i) => {
    current = own[i] ?? current;
    const isEmpty = vertex !== undefined && layerless.has(vertex);
    return { ...entry, created: current, ...(isEmpty ? { empty_layer: true } : {}) };
  });
}

/** A base whose history tells of fewer layers than it has (squashed, imported) gets entries for the surplus, as in BuildKit. */
function completed(
  history: readonly HistoryEntry[],
  layers: number,
  created: string,
): readonly HistoryEntry[] {
  const told = history.filter(({ empty_layer }) => empty_layer !== true).length;
  const surplus = Math.max(0, layers - told);
  const filler: HistoryEntry = { created, comment: 'ts-image-build: layer of the base image' };
  return [...withinLayers(history, layers), ...Array.from({ length: surplus }, () => filler)];
}

/** Some builders tell of layers that an image does not have; as in BuildKit the last ones of them have none. */
function withinLayers(history: readonly HistoryEntry[], layers: number): readonly HistoryEntry[] {
  let left = layers;
  return history.map((entry) => {
    if (entry.empty_layer === true || left-- > 0) return entry;
    return { ...entry, empty_layer: true };
  });
}

function checkCounts({ config, layers }: Image): void {
  const told = config.history.filter(({ empty_layer }) => empty_layer !== true).length;
  if (told === layers.length) return;
  throw new BuildError({
    kind: 'bug',
    code: 'HISTORY_MISMATCH',
    message: `The history tells of ${told} layers and the image has ${layers.length}`,
  });
}
