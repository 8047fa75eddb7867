import { type Argument, type CommandView, hasArg, hasFlag, plainArgs } from '../shell/command-view.ts';

/** Options of `pip install` whose next word is their value. */
const VALUED = [
  'abi',
  'b',
  'build',
  'e',
  'editable',
  'extra-index-url',
  'f',
  'find-links',
  'i',
  'index-url',
  'implementation',
  'no-binary',
  'only-binary',
  'platform',
  'prefix',
  'progress-bar',
  'proxy',
  'python',
  'python-version',
  'root',
  'root-user-action',
  'src',
  't',
  'target',
  'trusted-host',
  'upgrade-strategy',
];
const VCS = /^(?:git(?:\+(?:file|https|ssh|http|git))?|hg(?:\+\w+)?|svn(?:\+\w+)?|bzr(?:\+\w+)?)[:+@]/;
const VERSION = /[=<>!~]=|[<>]/;

/** `pip install …` and `python -m pip install …`, whatever the version in the name. */
export function isPipInstall(view: CommandView): boolean {
  if (view.name.startsWith('pip') && !view.name.startsWith('pipenv')) return hasArg(view, 'install');
  return view.name.startsWith('python') && moduleIs(view, 'pip', 'install');
}

/** True when the words `-m module …` stand in the command in a row. */
export function moduleIs(view: CommandView, ...words: readonly string[]): boolean {
  const values = view.args.map(({ value }) => value);
  const wanted = ['-m', ...words];
  return values.some((_, index) => wanted.every((word, offset) => values[index + offset] === word));
}

/** The packages of an install that nothing holds to a version. */
export function unpinnedPackages(view: CommandView): readonly Argument[] {
  if (hasArg(view, '-r', '--requirement', '.') || hasFlag(view, 'c', 'constraint')) return [];
  return pipPackages(view).filter(({ value }) => !isPinned(value));
}

function pipPackages(view: CommandView): readonly Argument[] {
  const index = view.args.findIndex(({ value }) => value === 'install');
  return plainArgs({ ...view, args: view.args.slice(index + 1) }, VALUED);
}

function isPinned(value: string): boolean {
  const vcs = VCS.test(value);
  if (VERSION.test(value) || /\.(?:whl|tar\.gz)$/.test(value)) return true;
  return vcs ? value.includes('@') : value.includes('/');
}
