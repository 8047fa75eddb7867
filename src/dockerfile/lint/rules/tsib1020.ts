import { resolveImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

export const tsib1020: LintRule = {
  id: 'TSIB1020',
  severity: 'info',
  title: 'COPY --from an image with a version',
  *check(context) {
    const stages = new Set(context.stages.map(({ alias }) => alias?.toLowerCase()));
    for (const { from } of context.all('copy')) {
      if (from === undefined || /^\d+$/.test(from.value) || stages.has(from.value.toLowerCase())) continue;
      const image = resolveImage(context, from.value);
      // A bare word may be a named context.
      if (!/[/:@]/.test(from.value) || image.digest !== undefined) continue;
      if (image.tag !== undefined && image.tag !== 'latest') continue;
      yield { message: `${from.value} changes under your feet: pin a version`, at: from.at };
    }
  },
};
