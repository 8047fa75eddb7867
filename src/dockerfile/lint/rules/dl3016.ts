import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { type Argument, type CommandView, plainArgs } from '../shell/command-view.ts';

const GIT = /^git(?:\+(?:ssh|http|https))?:\/\//;

export const dl3016 = commandRule(
  { id: 'DL3016', severity: 'warning', title: 'npm install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands.filter(({ name }) => name === 'npm').flatMap(loosePackages);
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'npm install <package>@<version>') };
  },
);

function loosePackages(view: CommandView): readonly Argument[] {
  const [verb, ...packages] = plainArgs(view, ['loglevel', 'registry']);
  return verb?.value === 'install' ? packages.filter(({ value }) => !isFixed(value)) : [];
}

function isFixed(value: string): boolean {
  if (GIT.test(value)) return value.includes('#');
  if (/\.(?:tar|tar\.gz|tgz)$/.test(value)) return true;
  if (/^(?:\/|\.\.?\/|~\/)/.test(value)) return true;
  return value.replace(/^@[^/]*/, '').includes('@');
}
