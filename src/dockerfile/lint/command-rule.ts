import type { RunInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import type { LintContext } from './context.ts';
import type { Finding, LintRule } from './rule.ts';
import type { RunScript } from './run-script.ts';
import type { CommandView } from './shell/command-view.ts';
import type { Span } from './shell/syntax.ts';

export interface ScriptFix {
  readonly title: string;
  readonly safety: Fix['safety'];
  readonly edits: readonly { readonly at: Span; readonly text: string }[];
}

/** A place in a script that a rule minds. */
export interface Hit {
  readonly at: Span;
  readonly message: string;
  readonly fix?: ScriptFix | undefined;
  /** A fix that goes beyond the script. */
  readonly fileFix?: Fix | undefined;
}

export type RuleFacts = Omit<LintRule, 'check'>;

type Matcher = (view: CommandView) => boolean;

/** What a command rule is handed for each script of a RUN. */
export interface ScriptFacts {
  readonly commands: readonly CommandView[];
  /**
   * True when a command of another script of the RUN (its command line, a heredoc that a shell reads) matches. Each script is asked once: a rule that
   * asks several things gives each a name.
   */
  elsewhere(matches: Matcher, what?: string): boolean;
  readonly script: RunScript;
  readonly run: RunInstruction;
  readonly context: LintContext;
}

/** A rule that looks at the commands of each RUN and tells at most one finding in it, as hadolint does. */
export function commandRule(facts: RuleFacts, find: (facts: ScriptFacts) => Hit | undefined): LintRule {
  return {
    ...facts,
    *check(context) {
      for (const run of context.all('run')) {
        const finding = firstHit(context, run, find);
        if (finding !== undefined) yield finding;
      }
    },
  };
}

function firstHit(
  context: LintContext,
  run: RunInstruction,
  find: (facts: ScriptFacts) => Hit | undefined,
): Finding | undefined {
  const scripts = context.scripts(run);
  const matching = new Map<string, readonly RunScript[]>();
  for (const script of scripts) {
    const elsewhere = (matches: Matcher, what = '') => {
      const all = matching.get(what) ?? scripts.filter(({ commands }) => commands.some(matches));
      matching.set(what, all);
      return all.length > 1 || (all.length === 1 && all[0] !== script);
    };
    const hit = find({ commands: script.commands, elsewhere, script, run, context });
    if (hit !== undefined) return toFinding(hit, script, run);
  }
  return undefined;
}

/** Edits are for shell text: in a JSON array the characters stand otherwise. */
export function toFinding(hit: Hit, script: RunScript, run: RunInstruction): Finding {
  if (hit.fileFix !== undefined)
    return { message: hit.message, at: script.rangeOf(hit.at), fix: hit.fileFix };
  const fix = run.command.form === 'exec' || isInMoved(hit.fix, script) ? undefined : hit.fix;
  return {
    message: hit.message,
    at: script.rangeOf(hit.at),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            title: fix.title,
            safety: fix.safety,
            edits: fix.edits.map(({ at, text }) => ({ at: script.rangeOf(at), text })),
          },
        }),
  };
}

/** An edit would take the place of the whole script of a `sh -c "…\\"…"`. */
function isInMoved(fix: ScriptFix | undefined, { commands }: RunScript): boolean {
  const moved = commands.filter((view) => view.moved === true);
  return (
    fix?.edits.some(({ at }) => moved.some(({ start, end }) => at.start < end && start < at.end)) === true
  );
}

/** A rule about a command by name alone. */
export function forbiddenCommand(
  facts: RuleFacts,
  names: readonly string[],
  message: (name: string) => string,
): LintRule {
  return commandRule(facts, ({ commands }) => {
    const found = commands.find(({ name }) => names.includes(name));
    return found === undefined ? undefined : { at: found, message: message(found.name) };
  });
}

/** A word with something put behind it; the whole word is replaced, so that a continuation stays where it is. */
export function appended(at: Span, word: string, text: string): { at: Span; text: string } {
  return { at, text: `${word} ${text}` };
}
