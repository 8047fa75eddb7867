import { viewOf } from '../shell/command-view.ts';
import type { WordPart } from '../shell/syntax.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

export const sc2028 = shellRule(
  { id: 'SC2028', severity: 'info', title: 'printf for escape sequences' },
  function* ({ script, dialect }) {
    if (!['sh', 'bash', 'ksh'].includes(dialect)) return;
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view?.name !== 'echo' || /^-[nE]*e/.test(view.args[0]?.value ?? '')) continue;
      for (const { word } of view.args) {
        if (!word.parts.some(hasEscape)) continue;
        yield { at: word, message: 'echo may leave the escape sequence as it is: use printf' };
      }
    }
  },
);

function hasEscape(part: WordPart): boolean {
  if (part.kind === 'double')
    return /\\[abefnrtv]/.test(part.parts.map((inner) => ('text' in inner ? inner.text : ' ')).join(''));
  return part.kind === 'single' && !part.ansi && /\\[abefnrtv]/.test(part.text);
}
