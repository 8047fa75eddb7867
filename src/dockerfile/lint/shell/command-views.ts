import { type CommandView, isConstant, viewFrom, viewOf } from './command-view.ts';
import { parseShellPart } from './parse-shell.ts';
import type { Script, SimpleCommand, Word } from './syntax.ts';
import { simpleCommands } from './walk.ts';

/** Programs that run the command behind their own options; the options listed take the next word as value. */
const WRAPPERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '-R'],
    doas: ['-u', '-C'],
    env: ['-u', '-C', '-S', '--unset', '--chdir'],
    xargs: ['-I', '-n', '-P', '-d', '-L', '-a', '-E', '-s', '--arg-file', '--delimiter'],
    nohup: [],
    nice: ['-n'],
    ionice: ['-c', '-n'],
    stdbuf: ['-i', '-o', '-e'],
    timeout: ['-s', '-k'],
    eatmydata: [],
    gosu: [],
    'su-exec': [],
    setpriv: ['--reuid', '--regid', '--groups'],
  }),
);
/** Words that stand between a wrapper's options and the command. */
const LEADING_WORDS: Readonly<Record<string, number>> = { timeout: 1, gosu: 1, 'su-exec': 1 };
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
const MAX_LAYERS = 5;

/** All simple commands of a script in source order: each as written, followed by what it runs for it. */
export function commandViews(script: Script, text: string): readonly CommandView[] {
  return simpleCommands(script).flatMap((command) => {
    const view = viewOf(command);
    return view === undefined ? [] : [view, ...innerViews(view, text, 0)];
  });
}

function innerViews(view: CommandView, text: string, layers: number): readonly CommandView[] {
  if (layers >= MAX_LAYERS) return [];
  const path = /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/.exec(view.name)?.[1];
  if (path !== undefined) {
    const same = { ...view, name: path, through: [...view.through, 'path'] };
    return [same, ...innerViews(same, text, layers + 1)];
  }
  if (SHELLS.has(view.name)) return shellViews(view, text, layers);
  const valued = WRAPPERS.get(view.name);
  return valued === undefined ? [] : wrappedViews(view, valued, text, layers);
}

function wrappedViews(
  view: CommandView,
  valued: readonly string[],
  text: string,
  layers: number,
): readonly CommandView[] {
  let index = 0;
  while (index < view.args.length) {
    const value = view.args[index]?.value ?? '';
    if (value === '--') break;
    if (valued.includes(value)) index += 2;
    else if (value.startsWith('-') || /^[A-Za-z_]\w*=/.test(value)) index += 1;
    else break;
  }
  if (view.args[index]?.value === '--') index += 1;
  index += LEADING_WORDS[view.name] ?? 0;
  const words = view.args.slice(index).map(({ word }) => word);
  const inner = viewFrom(view.command, words, [...view.through, view.name]);
  return inner === undefined ? [] : [inner, ...innerViews(inner, text, layers + 1)];
}

/** `sh -c 'script'`: the script's own commands, at their places where the quoting leaves them in place. */
function shellViews(view: CommandView, text: string, layers: number): readonly CommandView[] {
  const index = view.args.findIndex(({ value }) => /^-[a-z]*c[a-z]*$/.test(value));
  if (index === -1) return [];
  const script = view.args
    .slice(index + 1)
    .find(({ value }) => !value.startsWith('-') && value !== 'pipefail');
  if (script === undefined) return [];
  return scriptViews(script.word, text)
    .flatMap((inner) => [inner, ...innerViews(inner, text, layers + 1)])
    .map((inner) => ({ ...inner, through: [...view.through, `${view.name} -c`, ...inner.through] }));
}

function scriptViews(word: Word, text: string): readonly CommandView[] {
  const [part, more] = word.parts;
  if (part === undefined || more !== undefined) return [];
  if (part.kind !== 'single' && part.kind !== 'double') return [];
  const exact =
    part.kind === 'single'
      ? !part.ansi
      : part.parts.every((inner) => inner.kind !== 'literal' || !inner.escaped);
  if (exact) return viewsOf(parseShellPart(text, part.start + 1, part.end - 1).script);
  if (!isConstant(word)) return [];
  const plain =
    part.kind === 'single'
      ? part.text
      : part.parts.map((inner) => ('text' in inner ? inner.text : '')).join('');
  return viewsOf(parseShellPart(plain, 0, plain.length).script).map((view) => movedTo(view, word));
}

function viewsOf(script: Script): readonly CommandView[] {
  return simpleCommands(script)
    .map((command: SimpleCommand) => viewOf(command))
    .filter((view) => view !== undefined);
}

/** Escapes moved the characters: the whole word is the place. */
function movedTo(view: CommandView, { start, end }: Word): CommandView {
  const nameWord = { ...view.nameWord, start, end };
  return {
    ...view,
    nameWord,
    start,
    end,
    args: view.args.map((arg) => ({ ...arg, start, end })),
    moved: true,
  };
}
