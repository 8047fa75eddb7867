import type { LintRule } from '../rule.ts';

/** Fine where the stage's name says that it is for one platform. */
export const fromPlatformFlagConstDisallowed: LintRule = {
  id: 'FromPlatformFlagConstDisallowed',
  severity: 'warning',
  title: 'FROM without a fixed platform',
  twin: 'DL3029',
  *check(context) {
    for (const { platform, alias } of context.all('from')) {
      if (platform === undefined || platform.value === '' || platform.value.includes('$')) continue;
      const name = alias?.value.toLowerCase() ?? '';
      const [os = '', arch = ''] = platform.value.toLowerCase().split('/');
      if ([os, arch].some((part) => part !== '' && name.includes(part))) continue;
      yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
    }
  },
};
