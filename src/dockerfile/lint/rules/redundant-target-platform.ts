import { expandWord } from '../../expand.ts';
import { withoutPlatform } from '../platform-flag.ts';
import type { LintRule } from '../rule.ts';

const TARGET = 'linux/amd64';
const VARIABLES = new Map([['TARGETPLATFORM', TARGET]]);

/** Like DL3065, by what the value becomes: `${TARGETPLATFORM:-x}` and quotes count too. */
export const redundantTargetPlatform: LintRule = {
  id: 'RedundantTargetPlatform',
  severity: 'warning',
  title: 'No --platform=$TARGETPLATFORM',
  twin: 'DL3065',
  *check(context) {
    for (const from of context.all('from')) {
      const { platform } = from;
      if (platform === undefined || !isTarget(platform.value)) continue;
      yield {
        message: 'The target platform is what FROM takes anyway',
        at: platform.at,
        fix: withoutPlatform(context, from),
      };
    }
  },
};

function isTarget(text: string): boolean {
  try {
    const { value, matched, unmatched } = expandWord(text, VARIABLES);
    return matched.has('TARGETPLATFORM') && unmatched.size === 0 && value === TARGET;
  } catch {
    return false;
  }
}
