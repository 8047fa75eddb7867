import type { StepReport } from '../../engine/engine.ts';
import { formatDuration, formatSize } from '../options/sizes.ts';

/** What became of a step, in a few words: `cached (local)`, `done in 1.2 s, 3.4 MB: package.json: content changed`. */
export function outcomeText(step: StepReport): string {
  const time = formatDuration(step.endedAt - step.startedAt);
  switch (step.outcome.type) {
    case 'cached':
      return `cached (${step.outcome.from}${step.outcome.by === 'content' ? ', found by content' : ''})`;
    case 'skipped':
      return 'not needed';
    case 'failed':
      return `failed after ${time}`;
    case 'done':
      return `done in ${time}${step.size === undefined ? '' : `, ${formatSize(step.size.stored)}`}`;
  }
}

/** How many of the steps that mattered came from a cache: 0 to 1; 1 when there were none. */
export function hitRatio(steps: readonly StepReport[]): number {
  const asked = steps.filter(({ outcome }) => outcome.type !== 'skipped');
  if (asked.length === 0) return 1;
  return asked.filter(({ outcome }) => outcome.type === 'cached').length / asked.length;
}
