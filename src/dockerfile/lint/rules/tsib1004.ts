import { commandRule } from '../command-rule.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

const FLAGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    apk: ['--allow-untrusted'],
    'apt-get': ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    yum: ['--nogpgcheck', '--no-gpgchecks'],
    dnf: ['--nogpgcheck', '--no-gpgchecks'],
    microdnf: ['--nogpgcheck', '--no-gpgchecks'],
    tdnf: ['--nogpgcheck', '--no-gpgchecks'],
    zypper: ['--no-gpg-checks', '--allow-unsigned-rpm'],
    rpm: ['--nodigest', '--nosignature', '--noverify', '--nofiledigest'],
  }),
);

export const tsib1004 = commandRule(
  {
    id: 'TSIB1004',
    severity: 'warning',
    security: 7,
    title: 'Packages are checked for their signature',
    onbuild: true,
  },
  ({ commands }) => {
    for (const view of commands) {
      const flag = unsigned(view);
      if (flag !== undefined) return { at: view, message: `${flag} takes packages that nobody signed` };
    }
    return undefined;
  },
);

function unsigned(view: CommandView): string | undefined {
  return FLAGS.get(view.name)?.find((flag) => hasArg(view, flag));
}
