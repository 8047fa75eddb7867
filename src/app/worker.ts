import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workerStarter } from '../worker/process/client.ts';
import type { Rung, WorkerStarter } from '../worker/worker.ts';

/** The privileged process of a state folder, as this machine allows it; started when it is first called. */
export function workerFor(options: {
  readonly stateDir: string;
  readonly isolation: 'auto' | Rung;
  readonly onNotice: (message: string) => void;
}): WorkerStarter {
  return workerStarter({ ...options, entry: workerEntry(process.argv[1] ?? '') });
}

/**
 * How to start it: this Node, and the worker's own entry. In a bundle it lies beside the running one (`dist/worker/index.js` beside
 * `dist/cli/index.js`); from sources it is src/worker-entry.ts. Found through the running script, since a bundle's modules have no place of
 * their own.
 */
function workerEntry(script: string): readonly string[] {
  const here = dirname(realpathSync(script));
  const bundled = join(here, '..', 'worker', 'index.js');
  return [process.execPath, existsSync(bundled) ? bundled : join(here, 'worker-entry.ts')];
}
