import { rm } from 'node:fs/promises';
import { workerFor } from './worker.ts';

/**
 * Removes a state folder that nobody uses any more, also what belongs to root in it.
 * @throws BuildError of the worker; errors of the file system
 */
export async function removeStateFolder(
  stateDir: string,
  onNotice: (message: string) => void,
): Promise<void> {
  try {
    await rm(stateDir, { recursive: true, force: true });
    return;
  } catch {
    // It holds files of another user: the worker removes them.
  }
  {
    await using worker = await workerFor({ stateDir, isolation: 'auto', onNotice })();
    await worker.discard();
  }
  await rm(stateDir, { recursive: true, force: true });
}
