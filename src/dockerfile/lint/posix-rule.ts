import type { Hit, RuleFacts } from './command-rule.ts';
import type { LintRule } from './rule.ts';
import { viewOf } from './shell/command-view.ts';
import type { RedirectOperator, ShellCommand, WordPart } from './shell/syntax.ts';
import { simpleCommands, walkScript } from './shell/walk.ts';
import { shellRule } from './shell-rule.ts';

/** A part of words that sh does not have. */
export function partRule(facts: RuleFacts, matches: (part: WordPart) => boolean, message: string): LintRule {
  return shellRule(facts, ({ script, posix }) => {
    const hits: Hit[] = [];
    if (!posix) return hits;
    walkScript(script.parsed.script, {
      part(part) {
        if (matches(part)) hits.push({ at: part, message });
      },
    });
    return hits;
  });
}

/** A compound command that sh does not have. */
export function commandKindRule(
  facts: RuleFacts,
  matches: (command: ShellCommand) => boolean,
  message: string,
): LintRule {
  return shellRule(facts, ({ script, posix }) => {
    const hits: Hit[] = [];
    if (!posix) return hits;
    walkScript(script.parsed.script, {
      command(command) {
        if (matches(command)) hits.push({ at: command, message });
      },
    });
    return hits;
  });
}

export function redirectRule(
  facts: RuleFacts,
  operators: readonly RedirectOperator[],
  message: string,
): LintRule {
  return shellRule(facts, ({ script, posix }) => {
    const hits: Hit[] = [];
    if (!posix) return hits;
    walkScript(script.parsed.script, {
      command({ redirects }) {
        for (const redirect of redirects)
          if (operators.includes(redirect.operator)) hits.push({ at: redirect, message });
      },
    });
    return hits;
  });
}

/** A builtin that sh does not have; `except` names dialects that do. */
export function commandNameRule(
  facts: RuleFacts,
  names: readonly string[],
  message: string,
  except: readonly string[] = [],
  instead?: string,
): LintRule {
  return shellRule(facts, function* ({ script, posix, dialect }) {
    if (!posix || except.includes(dialect)) return;
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view === undefined || !names.includes(view.name)) continue;
      const fix =
        instead === undefined
          ? undefined
          : ({
              title: `Use ${instead}`,
              safety: 'safe',
              edits: [{ at: view.nameWord, text: instead }],
            } as const);
      yield { at: view, message, fix };
    }
  });
}
