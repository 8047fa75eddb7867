import { chainIdOf, type DiffId, type Digest, digestOf } from '../../image/digest.ts';
import type { Platform } from '../../image/types.ts';
import type { GitOp, HttpOp } from '../graph.ts';
import { goJson, message } from './go-json.ts';

/**
 * An image: named by what its reference points at, and by its layers (BuildKit: source/containerimage/pull.go, mainManifestKey and
 * cacheKeyFromConfig).
 */
export function imageDigests(
  image: { readonly digest: Digest; readonly diffIds: readonly DiffId[] },
  platform: Platform,
): readonly Digest[] {
  const { os, architecture, variant } = platform;
  const manifest = goJson({
    Digest: image.digest,
    OS: os,
    Arch: architecture,
    ...message({ Variant: variant, OSVersion: platform['os.version'] }),
  });
  return [sourceDigest(digestOf(manifest)), sourceDigest(chainIdOf(image.diffIds) ?? '')];
}

/** A download (BuildKit: source/http/source.go, formatCacheKey). `modified`: seconds since 1970, where the server told them. */
export function httpDigests(
  { filename, checksum }: HttpOp,
  content: Digest,
  modified: number | undefined,
): readonly Digest[] {
  // With a checksum the server is not asked.
  const time =
    checksum === undefined && modified !== undefined ? new Date(modified * 1000).toUTCString() : '';
  const fields = { Filename: filename, Perm: 0, UID: 0, GID: 0, Checksum: content };
  return [sourceDigest(digestOf(goJson({ ...fields, ...message({ LastModTime: time }) })))];
}

/** A commit (BuildKit: source/git/source.go, shaToCacheKey); empty where it counts what the commit was called. */
export function gitDigests(op: GitOp, commit: string): readonly Digest[] {
  if (op.keepGitDir || op.mtime !== undefined) return [];
  const subdir = op.subdir === undefined || op.subdir === '' ? '' : `:${op.subdir}`;
  return [sourceDigest(`${commit}${subdir}${op.submodules ? '' : '(skip-submodules)'}`)];
}

/** BuildKit: solver/llbsolver/ops/source.go, CacheMap. */
function sourceDigest(key: string): Digest {
  return digestOf(`buildkit.source.v0:${key}`);
}
