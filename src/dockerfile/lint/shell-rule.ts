import type { RunInstruction } from '../ast.ts';
import { type Hit, type RuleFacts, toFinding } from './command-rule.ts';
import type { LintContext } from './context.ts';
import { type Names, namesBefore } from './known-names.ts';
import type { LintRule } from './rule.ts';
import type { RunScript } from './run-script.ts';
import { dialectAt, isForeignShell } from './shell-setting.ts';

/** What a shell rule is handed for each script that a POSIX shell runs. */
export interface ShellFacts {
  readonly script: RunScript;
  /** `sh`, `bash`, `ash` … */
  readonly dialect: string;
  /** True where only POSIX is to be counted on. */
  readonly posix: boolean;
  /** SHELL, or the pragma that stands for it; empty for the default. */
  readonly shell: readonly string[];
  /** Variables that the Dockerfile sets, and the proxies that a builder hands in. */
  readonly known: Names;
  readonly run: RunInstruction;
  readonly context: LintContext;
}

/**
 * A rule about the shell text of RUN in the manner of ShellCheck: all places are told. Scripts with syntax errors are left to SC1072,
 * scripts for PowerShell and cmd, and exec forms, are none.
 */
export function shellRule(
  facts: Omit<RuleFacts, 'onbuild'>,
  find: (facts: ShellFacts) => Iterable<Hit>,
  options: { readonly brokenToo?: boolean } = {},
): LintRule {
  return {
    ...facts,
    onbuild: true,
    *check(context) {
      for (const run of context.all('run')) {
        for (const one of shellFacts(context, run, options.brokenToo === true)) {
          for (const hit of find(one)) yield toFinding(hit, one.script, run);
        }
      }
    },
  };
}

/** Each script of a RUN that a POSIX shell reads, with what is known about it. */
export function shellFacts(
  context: LintContext,
  run: RunInstruction,
  brokenToo: boolean,
): readonly ShellFacts[] {
  const byRun = read.get(context) ?? new Map<RunInstruction, readonly ShellFacts[]>();
  const facts = byRun.get(run) ?? readFacts(context, run);
  read.set(context, byRun.set(run, facts));
  return brokenToo ? facts : facts.filter(({ script }) => script.parsed.problems.length === 0);
}

/** Kept, because many rules ask for them. */
const read = new WeakMap<LintContext, Map<RunInstruction, readonly ShellFacts[]>>();

function readFacts(context: LintContext, run: RunInstruction): readonly ShellFacts[] {
  const shell = dialectAt(context, run);
  if (run.command.form === 'exec' || isForeignShell(shell)) return [];
  const known = namesBefore(context, run);
  return context.scripts(run).map((script) => {
    const dialect = dialectOf(script.shebang, shell);
    return { script, dialect, posix: dialect === 'sh' || dialect === 'dash', known, run, shell, context };
  });
}

function dialectOf(shebang: string | undefined, shell: readonly string[]): string {
  const words = shebang === undefined ? shell.slice(0, 1) : shebang.split(/\s+/);
  const program = words.findLast((word) => /(?:sh|busybox)$/.test(word)) ?? '/bin/sh';
  return program.split('/').at(-1) ?? 'sh';
}
