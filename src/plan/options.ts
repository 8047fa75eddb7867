import type { SourceRange } from '../base/errors.ts';
import { formatPlatform } from '../image/platform.ts';
import type { ImageConfig, Platform } from '../image/types.ts';
import type { BuildGraph, GitOp, HttpOp } from './graph.ts';
import { canonicalJson } from './graph-builder.ts';

/** What stands in for a name in FROM, COPY --from, a mount, or for a whole stage. */
export type NamedContext =
  /** A folder of this machine; its files are the engine's business, under the context's name. */
  | { readonly kind: 'folder' }
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'empty' }
  /** Any form that parseGitReference reads. */
  | { readonly kind: 'git'; readonly url: string }
  /** One file, named `context`. */
  | { readonly kind: 'http'; readonly url: string };

/** Everything that planning depends on besides the Dockerfile and the configs of base images. */
export interface PlanOptions {
  /** Stage name in any case; absent: the last stage. */
  readonly target?: string;
  /** As in the request: part of what each step is called in caches, of no key. */
  readonly place?: string;
  /** One or more; each gives a target of the graph. */
  readonly platforms: readonly Platform[];
  /** The platform was not asked for: the image keeps what its base says of itself. */
  readonly implicitPlatform?: boolean;
  readonly buildPlatform: Platform;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Set last, over what LABEL says. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name, or `name::os/arch` for one platform, as in `--build-context`. */
  readonly namedContexts: Readonly<Record<string, NamedContext>>;
  /** Network of each RUN that does not choose one. */
  readonly network: 'default' | 'none' | 'host';
  readonly addHosts: readonly { readonly name: string; readonly ip: string }[];
  /** true: no step; or the stages named. */
  readonly noCache: boolean | readonly string[];
  readonly hostname?: string;
  /** Seconds since 1970; a build arg or global ARG SOURCE_DATE_EPOCH wins. */
  readonly sourceDateEpoch?: number;
  /** Seconds since 1970: what SOURCE_DATE_EPOCH means when it names the main context. */
  readonly contextTime?: number;
  /** Times of sources that planning asked for, by sourceTimeKey; undefined for one that tells none. */
  readonly sourceTimes?: ReadonlyMap<string, number | undefined>;
  /** Patterns of the main context's ignore file, as readIgnoreFile gives them. */
  readonly ignorePatterns?: readonly string[];
  /** Look at every stage, not only at what the target needs (for linting). */
  readonly allStages?: boolean;
}

/** An image whose digest and config planning has to know. */
export interface ImageRequest {
  /** Normalised, with a tag or a digest. */
  readonly reference: string;
  readonly platform: Platform;
  /** Where it is named first. */
  readonly at?: SourceRange;
  /** For the error when there is no such image, e.g. a stage whose name is nearly the same. */
  readonly hint?: string;
}

export interface ResolvedBase {
  /** Normalised, with the digest it resolved to. */
  readonly reference: string;
  readonly config: ImageConfig;
  /** How many layers it has. */
  readonly layers: number;
}

/** A finding of BuildKit's build checks that needs planning. */
export interface PlanWarning {
  /** BuildKit's name, e.g. `UndefinedVar`. */
  readonly rule: string;
  readonly message: string;
  readonly at: SourceRange;
}

/** Either the graph, or the images that have to be resolved before there can be one. */
export type PlanResult =
  | {
      readonly kind: 'graph';
      readonly graph: BuildGraph;
      readonly warnings: readonly PlanWarning[];
      /** What was given and is used by nothing, one line each. */
      readonly notices: readonly string[];
    }
  | {
      readonly kind: 'needs';
      readonly images: readonly ImageRequest[];
      /** Sources whose time SOURCE_DATE_EPOCH is. */
      readonly times: readonly (HttpOp | GitOp)[];
    };

/** Key of an image in the map of resolved bases. */
export function imageRequestKey(request: Pick<ImageRequest, 'reference' | 'platform'>): string {
  const version = request.platform['os.version'];
  return `${request.reference} ${formatPlatform(request.platform)}${version === undefined ? '' : ` ${version}`}`;
}

/** Key of a source in the map of times. */
export function sourceTimeKey(op: HttpOp | GitOp): string {
  return canonicalJson(op);
}
