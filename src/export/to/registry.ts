import { BuildError } from '../../base/errors.ts';
import { formatReference, parseReference, repositoryOf, withDefaultTag } from '../../image/reference.ts';
import { pushImages } from '../../registry/push.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Exporter } from '../exporter.ts';

export interface RegistryExporterOptions {
  readonly registry: Registry;
  /** Where to; undefined: the references of the build. */
  readonly references?: readonly string[] | undefined;
  /** No tag is set. */
  readonly byDigest?: boolean | undefined;
  readonly skipUnchanged?: boolean | undefined;
  readonly failOn?: 'any' | 'all' | undefined;
  /** Blobs at the same time. */
  readonly concurrency?: number | undefined;
}

/** Pushes to registries. Its check asks them whether the push will be allowed. */
export function registryExporter(options: RegistryExporterOptions): Exporter {
  const { registry } = options;
  const named = options.references?.map((text) => withoutTag(text, options.byDigest));
  return {
    type: 'registry',
    description: `push to ${named === undefined ? 'the tags of the build' : named.join(', ')}`,
    async check(signal) {
      const repositories = new Map(
        (named ?? [])
          .map(parseReference)
          .map((reference) => [formatReference({ ...repositoryOf(reference) }), reference]),
      );
      await Promise.all(
        [...repositories.values()].map((reference) =>
          registry.checkPush?.(repositoryOf(reference), { signal }),
        ),
      );
    },
    async export(request) {
      const references = named ?? request.references.map((text) => withoutTag(text, options.byDigest));
      const result = await pushImages(registry, {
        images: request.images,
        index: request.index,
        references,
        content: request.content,
        concurrency: options.concurrency,
        skipUnchanged: options.skipUnchanged,
        failOn: options.failOn,
        signal: request.signal,
        onProgress: request.onProgress,
      });
      return {
        descriptor: result.descriptor,
        locations: result.pushed,
        references: result.pushed,
        unchanged: result.unchanged,
        failures: result.failed.flatMap(({ references: failed, error }) =>
          failed.map((location) => ({ location, error })),
        ),
        bytesSent: result.bytesSent,
        bytesSkipped: result.bytesSkipped,
      };
    },
  };
}

function withoutTag(text: string, byDigest: boolean | undefined): string {
  const reference = parseReference(text);
  if (reference.digest !== undefined) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_REFERENCE',
      message: `"${text}" has a digest`,
      hint: 'An image is pushed under a tag, or by the digest that follows from its content.',
    });
  }
  return formatReference(byDigest === true ? repositoryOf(reference) : withDefaultTag(reference));
}
