import type { LintRule } from '../rule.ts';

const KINDS = ['cmd', 'entrypoint', 'healthcheck'] as const;

export const multipleInstructionsDisallowed: LintRule = {
  id: 'MultipleInstructionsDisallowed',
  severity: 'warning',
  title: 'No CMD, ENTRYPOINT or HEALTHCHECK that a later one replaces',
  *check(context) {
    for (const stage of context.stages) {
      for (const kind of KINDS) {
        for (const { at, keyword } of context.of(stage, kind).slice(0, -1)) {
          yield {
            message: `This ${keyword.value.toUpperCase()} has no effect: a later one of the stage replaces it`,
            at,
          };
        }
      }
    }
  },
};
