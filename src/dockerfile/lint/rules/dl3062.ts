import { commandRule } from '../command-rule.ts';
import { pinMessage } from '../pin-message.ts';
import { type Argument, type CommandView, plainArgs } from '../shell/command-view.ts';

export const dl3062 = commandRule(
  { id: 'DL3062', severity: 'warning', title: 'go install with versions', onbuild: true },
  ({ commands }) => {
    const loose = commands.filter(({ name }) => name === 'go').flatMap(loosePackages);
    const [first] = loose;
    if (first === undefined) return undefined;
    return { at: first, message: pinMessage(loose, 'go install <package>@<version>') };
  },
);

function loosePackages(view: CommandView): readonly Argument[] {
  const [verb, ...packages] = plainArgs(view);
  if (verb === undefined) return [];
  if (verb.value === 'run') return packages.slice(0, 1).filter(isLoose);
  if (verb.value !== 'install' && verb.value !== 'get') return [];
  return packages.filter((one) => one.value !== 'tool' && isLoose(one));
}

function isLoose({ value }: Argument): boolean {
  if (/^[./]/.test(value)) return false;
  return !value.includes('@') || /@(?:latest|none)$/.test(value);
}
