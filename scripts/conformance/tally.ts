import type { Outcome } from './adapter.ts';

export interface Failure {
  readonly id: string;
  readonly what: string;
}

/** The results of one file. */
export class Tally {
  readonly file: string;
  passed = 0;
  readonly failures: Failure[] = [];
  /** Skipped cases by reason. */
  readonly skips = new Map<string, number>();

  constructor(file: string) {
    this.file = file;
  }

  get skipped(): number {
    return [...this.skips.values()].reduce((sum, count) => sum + count, 0);
  }

  add(id: string, outcome: Outcome): void {
    if (outcome.kind === 'pass') this.passed++;
    else if (outcome.kind === 'fail') this.failures.push({ id, what: oneLine(outcome.what) });
    else this.skips.set(outcome.reason, (this.skips.get(outcome.reason) ?? 0) + 1);
  }

  line(): string {
    const counts = `${this.passed} passed, ${this.failures.length} failed, ${this.skipped} skipped`;
    const reasons = [...this.skips].map(([reason, count]) =>
      this.skips.size === 1 ? reason : `${count} ${reason}`,
    );
    return `${this.file}: ${counts}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`;
  }

  toJSON(): unknown {
    const { file, passed, failures, skipped } = this;
    return {
      file,
      passed,
      failed: failures.length,
      skipped,
      failures,
      skips: Object.fromEntries(this.skips),
    };
  }
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ⏎ ');
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}
