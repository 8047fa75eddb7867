import { fromImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

export const dl3007: LintRule = {
  id: 'DL3007',
  severity: 'warning',
  title: 'Base images are not taken by the tag latest',
  *check(context) {
    for (const stage of context.stages) {
      const image = fromImage(context, stage);
      if (image?.tag !== 'latest' || image.digest !== undefined) continue;
      yield { message: `${image.name}:latest changes under your feet: pin a version`, at: image.at };
    }
  },
};
