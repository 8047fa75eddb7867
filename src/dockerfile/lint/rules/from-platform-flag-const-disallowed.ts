import type { LintRule } from '../rule.ts';

/** Architectures as platforms call them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
  armhf: 'arm',
  armel: 'arm',
  macos: 'darwin',
};

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
      const parts = platform.value.toLowerCase().split('/').slice(0, 2);
      if (parts.some((part) => part !== '' && name.includes(OTHER_NAMES[part] ?? part))) continue;
      yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
    }
  },
};
