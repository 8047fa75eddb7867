import { commandRule } from '../command-rule.ts';
import { viewOf, wordText } from '../shell/command-view.ts';
import type { Pipeline, ShellCommand } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';

const FETCHERS = new Set(['curl', 'wget']);
const INTERPRETERS = /^(?:.*\/)?(?:sh|bash|ash|dash|zsh|python[\d.]*|perl|ruby|node)$/;
const WRAPPERS = new Set(['sudo', 'env', 'exec']);

export const tsib1007 = commandRule(
  {
    id: 'TSIB1007',
    severity: 'info',
    security: 5,
    title: 'Downloads are checked before they run',
    onbuild: true,
  },
  ({ script }) => {
    const found: Pipeline[] = [];
    walkScript(script.parsed.script, {
      pipeline(pipeline) {
        const fetch = pipeline.commands.findIndex(isFetch);
        if (fetch !== -1 && pipeline.commands.slice(fetch + 1).some(isInterpreter)) found.push(pipeline);
      },
    });
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      at: first,
      message: 'What is downloaded runs unseen: fetch it, check its checksum, then run it',
    };
  },
);

function isFetch(command: ShellCommand): boolean {
  return command.kind === 'simple' && FETCHERS.has(viewOf(command)?.name ?? '');
}

function isInterpreter(command: ShellCommand): boolean {
  if (command.kind !== 'simple') return false;
  const words = command.words.map(wordText).filter((word) => !WRAPPERS.has(word) && !/^-|=/.test(word));
  const program = words[0] ?? '';
  // With a program of its own the download is its input, not its text.
  const own = command.words.some((word) => /^-[ec]$/.test(wordText(word)));
  return INTERPRETERS.test(program) && !own;
}
