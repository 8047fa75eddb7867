import { reasonOf } from '../../base/errors.ts';

/** The part of @actions/core's summary that is used. */
interface Summary {
  addRaw(text: string): { write(): Promise<unknown> };
  emptyBuffer(): unknown;
}

/** Bytes. GitHub drops a summary of more than 1 MiB as a whole; the post step may add to this one. */
const MOST = 1000 * 1024;
const REST = '\nThe rest is left out: GitHub shows no summary of more than 1 MiB.\n';

/** Adds to the step summary. What cannot be written is told: what the summary is about is done by then, and does not fail for it. */
export async function writeSummary(
  summary: Summary,
  text: string,
  onNotice: (message: string) => void,
): Promise<void> {
  try {
    await summary.addRaw(shortened(text)).write();
  } catch (thrown) {
    summary.emptyBuffer();
    onNotice(`The step summary cannot be written: ${reasonOf(thrown)}`);
  }
}

/** Whole lines. */
function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST) return text;
  const end = bytes.lastIndexOf('\n', MOST - REST.length) + 1;
  return bytes.subarray(0, end).toString('utf8') + REST;
}
