import type { CachePlace, WrittenExport } from './cache-spec.ts';

/** The caches of a build, from either frontend. */
export interface CacheOptions {
  /** false: no cache at all, not even the state folder's. */
  readonly enabled: boolean;
  /** In the order in which they are asked. */
  readonly from: readonly CacheImport[];
  readonly to: readonly CacheExport[];
  /** The image itself tells which results its layers are. */
  readonly inline: boolean;
  /** A cache that cannot be read or written fails the build. */
  readonly strict: boolean;
  /** Signs the indexes of caches that others can write. */
  readonly secret?: string;
  /** Bytes that the state folder, and each folder of `type=local`, may have after the build. */
  readonly maxSize?: number;
  /** One line each: what was asked for and is not done, and why. */
  readonly notices: readonly string[];
}

export interface CacheImport {
  readonly place: CachePlace;
  /** Asked for by name, so that it should be there. */
  readonly named: boolean;
}

export interface CacheExport {
  readonly place: CachePlace;
  /** `min`: only what is in the image itself. */
  readonly mode: 'min' | 'max';
  /** Whether the build goes on when it cannot be written; absent: as `strict` says. */
  readonly ignoreError?: boolean;
}

export interface CacheRequest {
  readonly mode: 'max' | 'min' | 'read-only' | 'off';
  /** The Actions cache that is used without being named. */
  readonly automatic: CachePlace | undefined;
  readonly from: readonly CachePlace[];
  readonly to: readonly (WrittenExport | 'inline')[];
  readonly strict: boolean;
  readonly secret: string | undefined;
  /** Bytes. */
  readonly maxSize: number | undefined;
}

export const NO_CACHES: CacheOptions = {
  enabled: false,
  from: [],
  to: [],
  inline: false,
  strict: false,
  notices: [],
};

export const INLINE_IS_NOT_SIGNED =
  'what type=inline puts into an image is not signed, and so would not be read. Use a registry cache, or leave the secret out';

/** Whoever names Actions caches (`type=gha`) gets these and no other; the automatic one is asked before what is named. */
export function decideCaches(request: CacheRequest): CacheOptions {
  const { mode, strict, secret, maxSize } = request;
  if (mode === 'off') return { ...NO_CACHES, notices: unused(request) };
  const named = request.to.filter((each) => each !== 'inline');
  const places = [...request.from, ...named.map(({ place }) => place)];
  const useAutomatic = request.automatic !== undefined && !places.some(({ type }) => type === 'gha');
  const automatic = useAutomatic ? [request.automatic] : [];
  const writes = mode !== 'read-only';
  return {
    enabled: true,
    from: [
      ...automatic.map((place) => ({ place, named: false })),
      ...request.from.map((place) => ({ place, named: true })),
    ],
    to: writes
      ? [...automatic.map((place) => ({ place })), ...named].map((each) => withMode(each, mode))
      : [],
    inline: writes && request.to.includes('inline'),
    strict,
    ...(secret === undefined ? {} : { secret }),
    ...(maxSize === undefined ? {} : { maxSize }),
    notices: writes ? [] : unused({ ...request, from: [] }),
  };
}

/** `BUILDKIT_INLINE_CACHE=1` among the build args is `cache-to type=inline`, as in buildx. */
export function inlineIn(buildArgs: Readonly<Record<string, string>>): readonly 'inline'[] {
  return /^(?:1|t|true)$/i.test(buildArgs['BUILDKIT_INLINE_CACHE'] ?? '') ? ['inline'] : [];
}

function withMode(written: WrittenExport, mode: 'max' | 'min'): CacheExport {
  return { ...written, mode: written.mode ?? mode };
}

function unused({ mode, from, to }: CacheRequest): readonly string[] {
  const names = [...(from.length > 0 ? ['cache-from'] : []), ...(to.length > 0 ? ['cache-to'] : [])];
  return names.map((name) => `${name} is not used: cache-mode is ${mode}`);
}
