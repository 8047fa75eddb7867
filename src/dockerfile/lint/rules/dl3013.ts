import { commandRule } from '../command-rule.ts';
import { nameList } from '../name-list.ts';
import { isPipInstall, unpinnedPackages } from '../tools/pip.ts';

export const dl3013 = commandRule(
  { id: 'DL3013', severity: 'warning', title: 'pip install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands.filter(isPipInstall).flatMap(unpinnedPackages);
    const [first] = loose;
    if (first === undefined) return undefined;
    const names = nameList(loose.map(({ value }) => value));
    return {
      at: first,
      message: `Pin the versions of ${names} (pip install <package>==<version> or -r <file>)`,
    };
  },
);
