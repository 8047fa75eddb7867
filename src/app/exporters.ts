import type { Exporter } from '../export/exporter.ts';
import type { OutputSpec } from '../export/spec.ts';
import { dockerArchiveExporter, dockerLoadExporter } from '../export/to/docker-archive.ts';
import { localExporter } from '../export/to/local.ts';
import { ociExporter } from '../export/to/oci.ts';
import { registryExporter } from '../export/to/registry.ts';
import { tarExporter } from '../export/to/tar.ts';
import { hostPlatform } from '../image/platform.ts';
import type { Registry } from '../registry/registry.ts';
import type { BuildOptions } from './build-options.ts';
import { namesOf } from './options/outputs.ts';

export interface ExporterSurroundings {
  readonly registry: Registry;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For outputs to `-`. */
  readonly stdout: NodeJS.WritableStream;
}

/** What writes the outputs. An image that only stays in the cache needs nothing. */
export function exportersFor(
  { outputs, tags }: Pick<BuildOptions, 'outputs' | 'tags'>,
  surroundings: ExporterSurroundings,
): readonly Exporter[] {
  return outputs.flatMap((output) => exporterFor(output, namesOf(output, tags), surroundings) ?? []);
}

function exporterFor(
  output: OutputSpec,
  names: readonly string[],
  { registry, environment, stdout }: ExporterSurroundings,
): Exporter | undefined {
  switch (output.type) {
    case 'image':
      return output.push
        ? registryExporter({ registry, references: names, byDigest: output.byDigest })
        : undefined;
    case 'oci':
      return ociExporter({ dest: output.dest, tar: output.tar, names, stdout });
    case 'docker': {
      const platform = hostPlatform('linux', process.arch);
      return output.dest === undefined
        ? dockerLoadExporter({ names, platform, env: defined(environment) })
        : dockerArchiveExporter({ dest: output.dest, names, platform, stdout });
    }
    case 'local':
      return localExporter({ dest: output.dest, platformSplit: output.platformSplit });
    case 'tar':
      return tarExporter({ dest: output.dest, platformSplit: output.platformSplit, stdout });
    case 'cacheonly':
      return undefined;
  }
}

/** The variables that are set. */
export function defined(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
