import { BuildError } from '../../base/errors.ts';
import type { HistoryEntry, Image, ImageConfig, Layer } from '../../image/types.ts';
import type { Target } from '../../plan/graph.ts';

export interface Assembly {
  readonly target: Target;
  /** All layers, base first. */
  readonly layers: readonly Layer[];
  /** The base's own history, and how many layers it has. */
  readonly base: { readonly history: readonly HistoryEntry[]; readonly layers: number };
  /** ISO 8601. */
  readonly created: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Layers, config and history as one image. */
export function assemble(assembly: Assembly): Image {
  const { target, layers, base, created, annotations } = assembly;
  const history = [
    ...completed(base.history, base.layers, created),
    ...target.history.map(({ entry }): HistoryEntry => ({ ...entry, created })),
  ];
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

/** A base whose history tells of fewer layers than it has (squashed, imported) gets entries for the surplus, as in BuildKit. */
function completed(
  history: readonly HistoryEntry[],
  layers: number,
  created: string,
): readonly HistoryEntry[] {
  const told = history.filter(({ empty_layer }) => empty_layer !== true).length;
  const surplus = Math.max(0, layers - told);
  const filler: HistoryEntry = { created, comment: 'ts-image-build: layer of the base image' };
  return [...history, ...Array.from({ length: surplus }, () => filler)];
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
