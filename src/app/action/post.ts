import * as core from '@actions/core';
import { toBuildError } from '../../base/errors.ts';
import { removeStateFolder } from '../state-folder.ts';
import { ActionLog } from './log.ts';
import { QUOTA_KEY, STATE_KEY } from './state.ts';

const log = new ActionLog(core);

/** After the job: removes the temporary state, and keeps the quota of the Actions cache. Never fails the job. */
export async function runPost(): Promise<void> {
  const stateDir = core.getState(STATE_KEY);
  if (stateDir !== '') await removeState(stateDir);
  const quota = core.getState(QUOTA_KEY);
  if (quota !== '') await cleanUp(Number(quota));
}

async function removeState(stateDir: string): Promise<void> {
  try {
    await removeStateFolder(stateDir, (message) => log.say(message));
  } catch (thrown) {
    log.say(`The temporary folder ${stateDir} is left behind: ${toBuildError(thrown).message}`);
  }
}

async function cleanUp(quota: number): Promise<void> {
  try {
    const { cleanUpAfterBuild } = await import('./cache-cleanup/edge.ts');
    const { tellHeld } = await import('./cache-cleanup/tell.ts');
    const held = await cleanUpAfterBuild(quota, {
      environment: process.env,
      token: core.getInput('github-token'),
      onNotice: (message) => log.say(message),
    });
    if (held !== undefined) await tellHeld(core, held, core.getInput('summary') !== 'off');
  } catch (thrown) {
    log.say(`The Actions cache is not cleaned up: ${toBuildError(thrown).message}`);
  }
}
