import { asTime, commitTimeOf } from '../commit-time.ts';
import { eventPayload } from './github/event.ts';

/**
 * When the commit that is built was made, in seconds since 1970: from the checkout, else from the event that started the workflow (a
 * context need not be a checkout). undefined when neither tells.
 */
export async function builtCommitTime(folder: string): Promise<number | undefined> {
  return (await fromCheckout(folder)) ?? (await fromEvent());
}

async function fromCheckout(folder: string): Promise<number | undefined> {
  const { getExecOutput } = await import('@actions/exec');
  return commitTimeOf(folder, (args) =>
    getExecOutput('git', [...args], { silent: true, ignoreReturnCode: true }),
  );
}

/** Only pushes tell it. */
async function fromEvent(): Promise<number | undefined> {
  const event = await eventPayload(process.env['GITHUB_EVENT_PATH'] ?? '');
  const head =
    typeof event === 'object' && event !== null && 'head_commit' in event ? event.head_commit : undefined;
  if (typeof head !== 'object' || head === null || !('timestamp' in head)) return undefined;
  return typeof head.timestamp === 'string'
    ? asTime(Math.floor(Date.parse(head.timestamp) / 1000))
    : undefined;
}
