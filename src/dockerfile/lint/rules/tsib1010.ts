import { ancestry } from '../context.ts';
import type { LintRule } from '../rule.ts';

/** Layers that union file systems and engines take at most, less some for the base image. */
const MOST = 120;

export const tsib1010: LintRule = {
  id: 'TSIB1010',
  severity: 'warning',
  title: 'Fewer layers than a union file system can hold',
  *check(context) {
    for (const stage of context.stages) {
      const own = ancestry(stage).flatMap((one) => context.of(one, 'run', 'copy', 'add'));
      const beyond = context.of(stage, 'run', 'copy', 'add')[
        MOST - (own.length - context.of(stage, 'run', 'copy', 'add').length)
      ];
      if (own.length <= MOST || beyond === undefined) continue;
      yield {
        message: `${own.length} layers on top of the base image: engines stop at about 127`,
        at: beyond.at,
      };
    }
  },
};
