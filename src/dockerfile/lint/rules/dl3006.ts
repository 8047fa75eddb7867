import { fromImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

/** An untagged base is whatever `latest` is today. */
export const dl3006: LintRule = {
  id: 'DL3006',
  severity: 'warning',
  title: 'Base images have a tag',
  *check(context) {
    for (const stage of context.stages) {
      const image = fromImage(context, stage);
      if (image === undefined || image.tag !== undefined || image.digest !== undefined) continue;
      // What a variable without a value stands for may have a tag.
      if (image.name.startsWith('$')) continue;
      yield { message: `${image.name} has no tag: pin the version`, at: image.at };
    }
  },
};
