import * as core from '@actions/core';
import { toBuildError } from '../../base/errors.ts';
import { removeStateFolder } from '../state-folder.ts';
import { STATE_KEY } from './state.ts';

/** After the job: removes the temporary state. Never fails the job. */
export async function runPost(): Promise<void> {
  const stateDir = core.getState(STATE_KEY);
  if (stateDir === '') return;
  try {
    await removeStateFolder(stateDir, (message) => core.info(message));
  } catch (thrown) {
    core.info(`The temporary folder ${stateDir} is left behind: ${toBuildError(thrown).message}`);
  }
}
