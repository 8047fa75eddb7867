import type * as actionsCore from '@actions/core';
import { heldLine, heldMarkdown } from '../../report/held-markdown.ts';
import { writeSummary } from '../summary.ts';
import type { HeldEntries } from './clean-up.ts';

/** What is held now, in the log and in the summary. */
export async function tellHeld(
  core: Pick<typeof actionsCore, 'info' | 'summary'>,
  held: HeldEntries,
  inSummary: boolean,
): Promise<void> {
  core.info(heldLine(held));
  if (inSummary && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
    await writeSummary(core.summary, heldMarkdown(held), (message) => core.info(message));
}
