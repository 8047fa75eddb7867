import type { LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';

/** Layers that union file systems and engines take at most, less some for the base image. */
const MOST = 120;

export const tsib1010: LintRule = {
  id: 'TSIB1010',
  severity: 'warning',
  title: 'Fewer layers than a union file system can hold',
  *check(context) {
    const counts = new Map<LintStage, number>();
    for (const stage of context.stages) {
      const layers = context.of(stage, 'run', 'copy', 'add');
      const below = stage.parent === undefined ? 0 : (counts.get(stage.parent) ?? 0);
      const count = below + layers.length;
      counts.set(stage, count);
      const beyond = layers[MOST - below];
      if (count <= MOST || beyond === undefined) continue;
      yield { message: `${count} layers on top of the base image: engines stop at about 127`, at: beyond.at };
    }
  },
};
