import type { Exporter } from '../export/exporter.ts';
import { registryExporter } from '../export/to/registry.ts';
import type { Registry } from '../registry/registry.ts';
import type { BuildOptions } from './build-options.ts';
import type { Outside } from './compose.ts';

export function exportersFor(
  options: BuildOptions,
  registry: Registry,
  _outside: Outside,
): readonly Exporter[] {
  return options.push ? [registryExporter({ registry, references: options.tags })] : [];
}
