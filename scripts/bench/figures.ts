export const MODES = ['cold', 'warm', 'changed', 'seed', 'fresh', 'fresh changed'] as const;
export type Mode = (typeof MODES)[number];

export const ABOUT: Readonly<Record<Mode, string>> = {
  cold: 'nothing kept, no cache',
  warm: 'again, nothing changed',
  changed: 'again, one source changed',
  seed: 'nothing kept, and a cache is written elsewhere',
  fresh: 'nothing kept but that cache, nothing changed',
  'fresh changed': 'nothing kept but that cache, one source changed',
};

/** Seconds of all runs, by workload, mode and builder. */
export class Figures {
  readonly #seconds = new Map<string, number[]>();

  add(workload: string, mode: Mode, builder: string, seconds: number): void {
    const key = keyOf(workload, mode, builder);
    this.#seconds.set(key, [...(this.#seconds.get(key) ?? []), seconds]);
  }

  /** A table in Markdown: medians with the lowest and highest, and the first builder's median in parts of each other one's. */
  table(workloads: readonly string[], builders: readonly string[]): string {
    const [first = '', ...others] = builders;
    const head = ['workload', 'run', ...builders, ...others.map((other) => `${first} / ${other}`)];
    const rows = workloads.flatMap((workload) =>
      MODES.map((mode) => [
        workload,
        mode,
        ...builders.map((builder) => this.#cell(workload, mode, builder)),
        ...others.map((other) => this.#ratio(workload, mode, first, other)),
      ]),
    );
    const shown = rows.filter((row) => row.slice(2).some((cell) => cell !== '-'));
    return [head, head.map(() => '---'), ...shown].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }

  toJson(): unknown {
    return Object.fromEntries(this.#seconds);
  }

  #cell(workload: string, mode: Mode, builder: string): string {
    const all = this.#seconds.get(keyOf(workload, mode, builder)) ?? [];
    if (all.length === 0) return '-';
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return `${median(all).toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)}; ${all.length})`;
  }

  #ratio(workload: string, mode: Mode, first: string, other: string): string {
    const one = this.#seconds.get(keyOf(workload, mode, first));
    const two = this.#seconds.get(keyOf(workload, mode, other));
    return one === undefined || two === undefined ? '-' : (median(one) / median(two)).toFixed(2);
  }
}

function keyOf(...parts: readonly string[]): string {
  return parts.join(' / ');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}
