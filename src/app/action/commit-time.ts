import { eventPayload } from './github/event.ts';

/**
 * When the commit that is built was made, in seconds since 1970: from the checkout, else from the event that started the workflow (a
 * context need not be a checkout). undefined when neither tells.
 */
export async function commitTimeOf(folder: string): Promise<number | undefined> {
  return (await fromCheckout(folder)) ?? (await fromEvent());
}

async function fromCheckout(folder: string): Promise<number | undefined> {
  const { getExecOutput } = await import('@actions/exec');
  try {
    // The folder may belong to another user than the one that builds; only a time is read.
    const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--format=%ct'];
    const { exitCode, stdout } = await getExecOutput('git', args, { silent: true, ignoreReturnCode: true });
    return exitCode === 0 ? seconds(Number(stdout.trim())) : undefined;
  } catch {
    // No git on this runner.
    return undefined;
  }
}

/** Only pushes tell it. */
async function fromEvent(): Promise<number | undefined> {
  const event = await eventPayload(process.env['GITHUB_EVENT_PATH'] ?? '');
  const head =
    typeof event === 'object' && event !== null && 'head_commit' in event ? event.head_commit : undefined;
  if (typeof head !== 'object' || head === null || !('timestamp' in head)) return undefined;
  return typeof head.timestamp === 'string'
    ? seconds(Math.floor(Date.parse(head.timestamp) / 1000))
    : undefined;
}

function seconds(value: number): number | undefined {
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
