import type { LintContext } from '../context.ts';
import { resolveImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

export const tsib1020: LintRule = {
  id: 'TSIB1020',
  severity: 'info',
  title: 'COPY --from an image with a version',
  *check(context) {
    for (const { from } of context.all('copy')) {
      if (from === undefined || /^\d+$/.test(from.value) || isStage(context, from.value)) continue;
      const image = resolveImage(context, from.value);
      // A bare word may be a named context.
      if (!/[/:@]/.test(from.value) || image.digest !== undefined) continue;
      if (image.tag !== undefined && image.tag !== 'latest') continue;
      yield { message: `${from.value} changes under your feet: pin a version`, at: from.at };
    }
  },
};

function isStage(context: LintContext, name: string): boolean {
  return context.stages.some(({ alias }) => alias?.toLowerCase() === name.toLowerCase());
}
