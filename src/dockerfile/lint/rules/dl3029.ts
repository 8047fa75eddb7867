import type { LintRule } from '../rule.ts';

export const dl3029: LintRule = {
  id: 'DL3029',
  severity: 'warning',
  title: 'FROM without a fixed platform',
  *check(context) {
    for (const { platform } of context.all('from')) {
      if (platform === undefined || /BUILDPLATFORM|TARGETPLATFORM/.test(platform.value)) continue;
      yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
    }
  },
};
