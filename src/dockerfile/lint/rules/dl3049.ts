import type { LintContext, LintStage } from '../context.ts';
import { inherited } from '../inherited.ts';
import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

/** Labels of the schema are there, in the stages that become images. */
export const dl3049: LintRule = {
  id: 'DL3049',
  severity: 'info',
  title: 'Required labels are present',
  *check(context) {
    for (const label of Object.keys(context.config.labelSchema ?? {})) {
      for (const stage of lacking(context, label)) {
        if (stage.from !== undefined) yield { message: `The label ${label} is missing`, at: stage.from.at };
      }
    }
  },
};

function lacking(context: LintContext, label: string): readonly LintStage[] {
  const stages = context.stages.filter(({ from }) => from !== undefined);
  const nearest = inherited((stage) => (hasLabel(context, stage, label) ? stage : undefined));
  const labelled = stages.filter((stage) => hasLabel(context, stage, label));
  const copied = new Set(context.all('copy').map(({ from }) => from?.value.toLowerCase()));
  const bases = new Set(
    labelled.filter(({ alias }) => alias === undefined).map(({ from }) => from?.image.value.toLowerCase()),
  );
  return stages.filter((stage) => {
    if (nearest(stage) !== undefined) return false;
    const name = stage.alias?.toLowerCase();
    return name === undefined || !(copied.has(name) || bases.has(name));
  });
}

function hasLabel(context: LintContext, stage: LintStage, label: string): boolean {
  return context
    .of(stage, 'label')
    .some(({ pairs }) => pairs.some(({ key }) => unquote(key.value) === label));
}
