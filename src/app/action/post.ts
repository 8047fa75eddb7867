import { rm } from 'node:fs/promises';
import * as core from '@actions/core';
import { toBuildError } from '../../base/errors.ts';
import { workerFor } from '../worker.ts';
import { STATE_KEY } from './state.ts';

/** After the job: removes the temporary state, also what belongs to root. Never fails the job. */
export async function runPost(): Promise<void> {
  const stateDir = core.getState(STATE_KEY);
  if (stateDir === '') return;
  try {
    await rm(stateDir, { recursive: true, force: true });
    return;
  } catch {
    core.debug(`${stateDir} holds files of another user: the worker removes them`);
  }
  try {
    await using worker = await workerFor({
      stateDir,
      isolation: 'auto',
      onNotice: (message) => core.info(message),
    })();
    await worker.prune(new Date());
    await rm(stateDir, { recursive: true, force: true });
  } catch (thrown) {
    core.info(`The temporary folder ${stateDir} is left behind: ${toBuildError(thrown).message}`);
  }
}
