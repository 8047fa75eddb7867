import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to start the worker: this Node, and the worker's own entry. In a bundle it lies beside the running one (`dist/worker/index.js` beside
 * `dist/cli/index.js`); from sources it is src/worker-entry.ts. Found through the running script, since a bundle's modules have no place of
 * their own.
 */
export function workerEntry(script: string): readonly string[] {
  const here = dirname(realpathSync(script));
  const bundled = join(here, '..', 'worker', 'index.js');
  return [process.execPath, existsSync(bundled) ? bundled : join(here, 'worker-entry.ts')];
}
