import type { LintContext, LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const dl3057: LintRule = {
  id: 'DL3057',
  severity: 'off',
  title: 'A HEALTHCHECK in every image',
  *check(context) {
    const checked = checkedStages(context);
    for (const stage of context.stages) {
      const { from } = stage;
      if (from === undefined || checked.has(stage)) continue;
      yield {
        message: 'The image has no HEALTHCHECK (write HEALTHCHECK NONE when it needs none)',
        at: from.at,
      };
    }
  },
};

/** Stages that have a check, of their own or by way of the stages below, and those that one with a check is built from. */
function checkedStages(context: LintContext): ReadonlySet<LintStage> {
  const checked = new Set<LintStage>();
  const withOwn = context.stages.filter((stage) => context.of(stage, 'healthcheck').length > 0);
  // Whatever is above a stage that was here has been here.
  const above = new Set<LintStage>();
  for (const own of withOwn) {
    for (let at: LintStage | undefined = own; at !== undefined && !above.has(at); at = at.parent)
      above.add(at);
  }
  const inherits = new Set(withOwn);
  for (const stage of context.stages) {
    if (stage.parent !== undefined && inherits.has(stage.parent)) inherits.add(stage);
    if (inherits.has(stage) || above.has(stage)) checked.add(stage);
  }
  return checked;
}
