import type { LintRule } from '../rule.ts';

export const dl4001: LintRule = {
  id: 'DL4001',
  severity: 'warning',
  title: 'Either wget or curl',
  onbuild: true,
  *check(context) {
    for (const stage of context.stages) {
      const used = new Set<string>();
      for (const run of context.of(stage, 'run')) {
        for (const script of context.scripts(run)) {
          const views = script.commands.filter(({ name }) => name === 'curl' || name === 'wget');
          for (const { name } of views) used.add(name);
          const [first] = views;
          if (first === undefined || used.size < 2) continue;
          yield {
            message: 'curl and wget do the same work: one of them is enough',
            at: script.rangeOf(first),
          };
          break;
        }
      }
    }
  },
};
