import type { BuildResult } from '../../engine/engine.ts';
import { digestsOf, metadataOf, sizeOf } from '../report/metadata.ts';
import { hitRatio } from '../report/step-text.ts';

/** The step's outputs, by name. */
export function outputsOf(result: BuildResult): Readonly<Record<string, string>> {
  return {
    digest: result.digest,
    imageid: result.imageId,
    metadata: JSON.stringify(metadataOf(result)),
    digests: JSON.stringify(digestsOf(result)),
    refs: result.exports.flatMap(({ references }) => references ?? []).join('\n'),
    size: String(sizeOf(result)),
    'cache-hit-ratio': hitRatio(result.steps).toFixed(2),
    'lint-findings': String(result.diagnostics.length),
  };
}
