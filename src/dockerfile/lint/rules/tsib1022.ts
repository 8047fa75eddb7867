import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

/** Folders of a machine that hardly any context has at its root. */
const OF_THE_MACHINE = /^\/(?:bin|boot|etc|home|lib|lib64|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\//;

/** A leading slash is the root of the context, not of the machine that builds. */
export const tsib1022: LintRule = {
  id: 'TSIB1022',
  severity: 'info',
  title: 'Sources are written as paths of the context',
  *check(context) {
    for (const copy of context.all('copy', 'add')) {
      if (copy.from !== undefined) continue;
      const source = copy.sources.find(({ value }) => OF_THE_MACHINE.test(unquote(value)));
      if (source === undefined) continue;
      const inside = unquote(source.value).slice(1);
      yield {
        message: `${source.value} is ${inside} of the context, not a path of this machine: write it so, or copy the files there first`,
        at: source.at,
      };
    }
  },
};
