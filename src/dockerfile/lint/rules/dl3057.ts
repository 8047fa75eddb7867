import type { LintContext, LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const dl3057: LintRule = {
  id: 'DL3057',
  severity: 'off',
  title: 'A HEALTHCHECK in every image',
  *check(context) {
    for (const stage of context.stages) {
      const { from } = stage;
      if (from === undefined || ownOrAbove(context, stage) || below(context, stage)) continue;
      yield {
        message: 'The image has no HEALTHCHECK (write HEALTHCHECK NONE when it needs none)',
        at: from.at,
      };
    }
  },
};

function has(context: LintContext, stage: LintStage): boolean {
  return context.of(stage, 'healthcheck').length > 0;
}

function ownOrAbove(context: LintContext, stage: LintStage): boolean {
  return has(context, stage) || (stage.parent !== undefined && ownOrAbove(context, stage.parent));
}

/** A stage that another one with a check is built from needs none. */
function below(context: LintContext, stage: LintStage): boolean {
  return context.stages.some(
    (other) => other.parent === stage && (has(context, other) || below(context, other)),
  );
}
