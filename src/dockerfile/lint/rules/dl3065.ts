import { withoutPlatform } from '../platform-flag.ts';
import type { LintRule } from '../rule.ts';

export const dl3065: LintRule = {
  id: 'DL3065',
  severity: 'warning',
  title: 'No --platform=$TARGETPLATFORM',
  *check(context) {
    for (const from of context.all('from')) {
      const { platform } = from;
      if (platform === undefined || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value))
        continue;
      yield {
        message: 'The target platform is what FROM takes anyway',
        at: platform.at,
        fix: withoutPlatform(context, from),
      };
    }
  },
};
