import type { RunInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import type { LintContext } from './context.ts';
import { partitionPoint } from './partition-point.ts';
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
function isInMoved(fix: ScriptFix | undefined, script: RunScript): boolean {
  const moved = movedPlaces(script);
  if (moved.length === 0 || fix === undefined) return false;
  return fix.edits.some(({ at }) => {
    const first = moved[partitionPoint(moved, ({ end }) => end <= at.start)];
    return first !== undefined && first.start < at.end;
  });
}

/** The words with such commands, in order; none of them lies in another. */
function movedPlaces(script: RunScript): readonly Span[] {
  const before = moved.get(script);
  if (before !== undefined) return before;
  const ends = new Map<number, number>();
  for (const view of script.commands)
    if (view.moved === true) ends.set(view.start, Math.max(view.end, ends.get(view.start) ?? 0));
  const found: Span[] = [];
  for (const [start, end] of [...ends].sort(([one], [other]) => one - other))
    if (start >= (found.at(-1)?.end ?? 0)) found.push({ start, end });
  moved.set(script, found);
  return found;
}

/** A rule may have a fix for each word of a script. */
const moved = new WeakMap<RunScript, readonly Span[]>();

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
