import { cleanNames } from '../shell/assignments.ts';
import type { ParameterPart } from '../shell/syntax.ts';
import { splitPlaces } from '../shell/word-places.ts';
import { shellRule } from '../shell-rule.ts';

/** Variables of the shell that hold numbers or flags. */
const HARMLESS =
  /^(?:[?#$!-]|BASHPID|EUID|EPOCHSECONDS|EPOCHREALTIME|LINENO|OPTIND|PPID|RANDOM|SECONDS|SHLVL|UID|COLUMNS|LINES)$/;

/** By their names these hold several words, which quotes would make one: packages, flags. */
const LISTS = /(?:DEPS|PACKAGES|PKGS|FLAGS|OPTS|OPTIONS|ARGS|LIST|MODULES|EXTENSIONS)$/i;

export const sc2086 = shellRule(
  { id: 'SC2086', severity: 'info', title: 'Quoted variables' },
  function* ({ script, dialect, known }) {
    const clean = cleanNames(script.parsed.script, { has: (name) => known.isNear(name) });
    for (const { part } of splitPlaces(script.parsed.script, dialect === 'sh')) {
      if (part.kind !== 'parameter' || isHarmless(part)) continue;
      if (clean.has(part.name)) continue;
      yield {
        at: part,
        message: `$${part.name} is split at blanks and its wildcards are replaced: quote it`,
        fix: LISTS.test(part.name)
          ? undefined
          : {
              title: 'Quote it',
              safety: 'unsafe',
              edits: [{ at: part, text: `"${script.text.value.slice(part.start, part.end)}"` }],
            },
      };
    }
  },
);

function isHarmless({ name, length, operator }: ParameterPart): boolean {
  if (length || HARMLESS.test(name) || name === '@') return true;
  // `${x:+"$x"}` quotes what matters; what stands there bare was meant to be split.
  return operator !== undefined && /^:?\+$/.test(operator);
}
