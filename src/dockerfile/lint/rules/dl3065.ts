import type { LintRule } from '../rule.ts';

export const dl3065: LintRule = {
  id: 'DL3065',
  severity: 'warning',
  title: 'No --platform=$TARGETPLATFORM',
  *check(context) {
    for (const { platform } of context.all('from')) {
      if (platform === undefined || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value))
        continue;
      yield { message: 'The target platform is what FROM takes anyway', at: platform.at };
    }
  },
};
