import { BuildError, throwAll, toBuildError } from '../../base/errors.ts';
import type { Dockerfile } from '../../dockerfile/ast.ts';
import type { ContentStore } from '../../image/content-store.ts';
import { parseReference } from '../../image/reference.ts';
import type { Layer } from '../../image/types.ts';
import type { BuildGraph, Vertex } from '../../plan/graph.ts';
import {
  type ImageRequest,
  imageRequestKey,
  type PlanOptions,
  type ResolvedBase,
  sourceTimeKey,
} from '../../plan/options.ts';
import { plan } from '../../plan/plan.ts';
import { type ResolvedImage, resolveImage } from '../../registry/pull.ts';
import type { Registry } from '../../registry/registry.ts';
import type { BaseDocuments } from './base-documents.ts';
import type { RemoteOpener } from './dependencies.ts';

export interface Planned {
  readonly graph: BuildGraph;
  /** One line each: build args, contexts and stage names that nothing uses, a base of another platform. */
  readonly notices: readonly string[];
  /** The image of an image vertex. */
  readonly imageOf: (vertex: Vertex) => ResolvedImage;
}

/** Where images come from. */
export interface ImagePlaces {
  readonly registry: Registry;
  /** Keeps manifests and configs for the next build. */
  readonly store?: ContentStore;
  /** Has those that other machines kept, and keeps these for them. */
  readonly documents?: BaseDocuments;
  /** For the times of sources that SOURCE_DATE_EPOCH names. */
  readonly openRemote: RemoteOpener;
}

/** Triggers can name images whose triggers name images; nobody nests them this deep on purpose. */
const MAX_ROUNDS = 20;
/** Registries answer in any of these ways for an image that does not exist. */
const WRONG_NAME: ReadonlySet<string> = new Set(['NOT_FOUND', 'UNAUTHORIZED', 'DENIED']);
/** The one finding that the linter, which sees no image, cannot make. */
const ONLY_PLANNED = 'InvalidBaseImagePlatform';

/** Plans, resolving the images that the plan asks for: manifests and configs, no layer. */
export async function planWithBases(
  file: Dockerfile,
  options: PlanOptions,
  places: ImagePlaces,
  signal: AbortSignal,
): Promise<Planned> {
  const bases = new Map<string, ResolvedBase>();
  const images = new Map<string, ResolvedImage>();
  const sourceTimes = new Map<string, number | undefined>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const planned = plan(file, { ...options, sourceTimes }, bases);
    if (planned.kind === 'graph') {
      const { graph, notices, warnings } = planned;
      return {
        graph,
        notices: [
          ...notices,
          ...warnings.filter(({ rule }) => rule === ONLY_PLANNED).map(({ message }) => message),
        ],
        imageOf: (vertex) => find(images, vertex),
      };
    }
    for (const op of planned.times) {
      await using source = await places.openRemote(op, signal);
      sourceTimes.set(sourceTimeKey(op), await source.changedAt());
    }
    for (const [request, image] of await resolveAll(planned.images, places, signal)) {
      images.set(nameOf(image.reference, request), image);
      bases.set(imageRequestKey(request), {
        reference: image.reference,
        config: image.image.config,
        layers: image.image.layers.length,
      });
    }
  }
  throw new BuildError({
    kind: 'user',
    code: 'TOO_MANY_TRIGGERS',
    message: `The images named by ONBUILD triggers name further images more than ${MAX_ROUNDS} times`,
  });
}

export function layersOf(image: ResolvedImage): readonly Layer[] {
  return image.image.layers;
}

/** @throws BuildErrors with all images that cannot be had */
async function resolveAll(
  requests: readonly ImageRequest[],
  places: ImagePlaces,
  signal: AbortSignal,
): Promise<readonly (readonly [ImageRequest, ResolvedImage])[]> {
  const found: [ImageRequest, ResolvedImage][] = [];
  const errors: BuildError[] = [];
  const resolving = requests.map((request) => resolve(request, places, signal));
  for (const [i, outcome] of (await Promise.allSettled(resolving)).entries()) {
    const request = requests[i];
    if (outcome.status === 'rejected') errors.push(toBuildError(outcome.reason));
    else if (request !== undefined) found.push([request, outcome.value]);
  }
  signal.throwIfAborted();
  throwAll(errors.sort((a, b) => (a.at?.start.line ?? 0) - (b.at?.start.line ?? 0)));
  return found;
}

async function resolve(
  request: ImageRequest,
  { registry, store, documents }: ImagePlaces,
  signal: AbortSignal,
): Promise<ResolvedImage> {
  const { platform } = request;
  try {
    const reference = parseReference(request.reference);
    const known = documents?.finder(platform, signal);
    const image = await resolveImage(registry, reference, platform, { store, documents: known, signal });
    documents?.note(image, platform);
    return image;
  } catch (error) {
    signal.throwIfAborted();
    throw withHint(toBuildError(error), request.hint).located(request.at);
  }
}

/** A name that no image has is most often a slip of the keyboard. */
function withHint(error: BuildError, hint: string | undefined): BuildError {
  if (hint === undefined || !WRONG_NAME.has(error.code)) return error;
  const { kind, code, message } = error;
  return new BuildError({
    kind,
    code,
    message,
    hint: [hint, ...(error.hint === undefined ? [] : [error.hint])].join(' '),
    at: error.at,
    cause: error,
  });
}

function nameOf(reference: string, { platform }: Pick<ImageRequest, 'platform'>): string {
  return [reference, platform.os, platform.architecture, platform.variant ?? ''].join(' ');
}

function find(images: ReadonlyMap<string, ResolvedImage>, vertex: Vertex): ResolvedImage {
  const image = vertex.op.kind === 'image' ? images.get(nameOf(vertex.op.reference, vertex.op)) : undefined;
  if (image !== undefined) return image;
  throw new BuildError({
    kind: 'bug',
    code: 'IMAGE_NOT_RESOLVED',
    message: `${vertex.name} was not resolved`,
  });
}
