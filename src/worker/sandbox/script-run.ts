import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import type { ProcessSpec } from '../sandbox.ts';
import type { Programs } from './namespace-script.ts';
import { findProgram } from './programs.ts';

/** There when all was prepared and the process was about to start. */
export function startedFile(spec: ProcessSpec): string {
  return join(spec.scratch, 'started');
}

/** What the programs that prepare it said. */
export function logFile(spec: ProcessSpec): string {
  return join(spec.scratch, 'log');
}

export async function notStarted(spec: ProcessSpec): Promise<BuildError> {
  const log = await readFile(logFile(spec), 'utf8').catch(() => '');
  return new BuildError({
    kind: 'environment',
    code: 'ISOLATION_FAILED',
    message: `The step's process could not be isolated: ${log.trim() || 'no reason was given'}`,
    hint: 'Another isolation may work: see the input "isolation".',
  });
}

/** @throws BuildError `COMMAND_NOT_FOUND` */
export function findPrograms(): Programs {
  const [env, setpriv, unshare, prlimit] = ['env', 'setpriv', 'unshare', 'prlimit'].map(findProgram);
  if (env === undefined || setpriv === undefined || unshare === undefined || prlimit === undefined) {
    throw new BuildError({
      kind: 'environment',
      code: 'COMMAND_NOT_FOUND',
      message: 'Isolation needs the programs env, setpriv, unshare and prlimit',
      hint: 'Install util-linux and coreutils.',
    });
  }
  return { env, setpriv, unshare, prlimit };
}
