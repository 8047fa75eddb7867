import type { RunInstruction } from '../../ast.ts';
import type { LintContext } from '../context.ts';
import { joinFix } from '../join-runs.ts';
import type { LintRule } from '../rule.ts';
import { isShell } from '../run-script.ts';

/** A RUN with more commands than this is taken to be apart on purpose. hadolint says more than two, but counts each command twice. */
const FEW = 1;

export const dl3059: LintRule = {
  id: 'DL3059',
  severity: 'info',
  title: 'RUNs in a row become one',
  *check(context) {
    let previous: RunInstruction | undefined;
    for (const instruction of context.instructions) {
      const run = instruction.kind === 'run' ? instruction : undefined;
      if (run !== undefined && previous !== undefined && belongTogether(context, previous, run)) {
        yield {
          message: 'This RUN can be joined with the one above: one layer instead of two',
          at: run.at,
          fix: joinFix(context, previous, run),
        };
      }
      previous = run;
    }
  },
};

function belongTogether(context: LintContext, one: RunInstruction, other: RunInstruction): boolean {
  if (flagsOf(one) !== flagsOf(other)) return false;
  return [one, other].every((run) => isSmall(context, run) && isOfShell(context, run));
}

/** A heredoc for another interpreter stands alone. */
function isOfShell(context: LintContext, run: RunInstruction): boolean {
  return context.scripts(run).every(({ shebang }) => isShell(shebang));
}

function flagsOf({ flags }: RunInstruction): string {
  return flags
    .map(({ name, value }) => `${name}=${value}`)
    .sort()
    .join('\n');
}

function isSmall(context: LintContext, run: RunInstruction): boolean {
  const plain = context
    .scripts(run)
    .flatMap(({ commands }) => commands)
    // A test is no command: `[ -e x ] && y` is one.
    .filter(({ name, through }) => through.length === 0 && name !== '[');
  return plain.length <= FEW;
}
