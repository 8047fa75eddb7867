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
      if (partsOf(platform.value).some((part) => part !== '' && name.includes(part))) continue;
      yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
    }
  },
};

const SYSTEMS: ReadonlySet<string> = new Set(['linux', 'windows', 'darwin', 'freebsd']);

/** System and architecture; where only one is written, the other is that of the usual builder. */
function partsOf(platform: string): readonly string[] {
  const [first = '', second] = platform
    .toLowerCase()
    .split('/')
    .map((part) => OTHER_NAMES[part] ?? part);
  if (second !== undefined) return [first, second];
  return SYSTEMS.has(first) ? [first, 'amd64'] : ['linux', first];
}
