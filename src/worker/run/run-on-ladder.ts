import { BuildError } from '../../base/errors.ts';
import type { Sandboxes } from '../probe/sandboxes.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import type { RunRequest } from '../worker.ts';
import { type EndedStep, runStep, type StepContext } from './run-step.ts';

export interface LadderContext extends Pick<StepContext, 'snapshotter' | 'caches' | 'pipes'> {
  readonly sandboxes: Sandboxes;
  /** See StepContext.scratch. */
  readonly scratchFor: (sandbox: Sandbox) => string;
}

/**
 * Runs a step with the best way that works. One whose process could not be started, on a way that turns out not to work, is run again from the
 * beginning on a new snapshot: nothing of it has run. A process that was started is never run again.
 * @throws BuildError as `runStep`; `NO_ISOLATION`
 */
export async function runOnLadder(
  request: RunRequest,
  name: string,
  context: LadderContext,
  options: SandboxOptions,
): Promise<EndedStep> {
  const { sandboxes, scratchFor, ...rest } = context;
  for (;;) {
    const step = await sandboxes.next(request.insecure === true);
    const { sandbox } = step;
    let isStarted = false;
    try {
      return await runStep(
        request,
        name,
        { ...rest, sandbox, scratch: scratchFor(sandbox) },
        {
          ...options,
          onStarted: () => {
            isStarted = true;
            sandboxes.started(step);
          },
        },
      );
    } catch (error) {
      if (isStarted || !isFailedStart(error) || !(await sandboxes.failed(step))) throw error;
    }
  }
}

function isFailedStart(error: unknown): boolean {
  return error instanceof BuildError && error.code === 'ISOLATION_FAILED';
}
