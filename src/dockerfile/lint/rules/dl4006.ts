import type { RunInstruction } from '../../ast.ts';
import type { Fix } from '../../diagnostic.ts';
import { pipefailShell } from '../base-shell.ts';
import { commandRule } from '../command-rule.ts';
import type { LintContext, LintStage } from '../context.ts';
import { lineAbove } from '../line-above.ts';
import { setsPipefail } from '../shell/options.ts';
import type { Pipeline } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';
import { isForeignShell, shellAt } from '../shell-setting.ts';

/** Without pipefail only the last command of a pipe decides whether RUN failed. */
export const dl4006 = commandRule(
  { id: 'DL4006', severity: 'warning', title: 'pipefail before RUN with a pipe' },
  ({ script, run, context }) => {
    const shell = shellAt(context, run);
    if (isForeignShell(shell) || failsInPipes(shell) || script.parsed.problems.length > 0) return undefined;
    const pipe = firstPipe(script.parsed.script);
    if (pipe === undefined || setsPipefail(script.parsed.script)) return undefined;
    const message =
      'A failure before the pipe goes unseen: SHELL ["/bin/bash", "-o", "pipefail", "-c"] above (in Alpine /bin/ash)';
    return { at: pipe, message, fileFix: shell.length > 0 ? undefined : shellAbove(context, run) };
  },
);

/** SHELL above the first such RUN of a stage, where the base image is known to have one that can do it. Later RUNs change too: unsafe. */
function shellAbove(context: LintContext, run: RunInstruction): Fix | undefined {
  const stage = context.stageOf(run);
  const shell = pipefailShell(context, stage);
  if (shell === undefined || firstPiped(context, stage) !== run) return undefined;
  const line = `SHELL ["${shell}", "-o", "pipefail", "-c"]`;
  return { title: `Put ${line} above`, safety: 'unsafe', edits: [lineAbove(context, run, line)] };
}

function firstPiped(context: LintContext, stage: LintStage): RunInstruction | undefined {
  const known = firsts.get(stage);
  if (known !== undefined) return known.run;
  const run = context
    .of(stage, 'run')
    .find((one) =>
      context
        .scripts(one)
        .some(({ parsed }) => firstPipe(parsed.script) !== undefined && !setsPipefail(parsed.script)),
    );
  firsts.set(stage, { run });
  return run;
}

/** Every RUN of a stage asks. */
const firsts = new WeakMap<LintStage, { readonly run: RunInstruction | undefined }>();

function firstPipe(script: Parameters<typeof walkScript>[0]): Pipeline | undefined {
  const pipes: Pipeline[] = [];
  walkScript(script, {
    pipeline(pipeline) {
      if (pipeline.commands.length > 1) pipes.push(pipeline);
    },
  });
  return pipes[0];
}

function failsInPipes(shell: readonly string[]): boolean {
  const program = shell[0]?.split('/').at(-1) ?? '';
  if (!['bash', 'zsh', 'ash'].includes(program)) return false;
  return shell.includes('pipefail') && shell.some((word) => /^-[a-zA-Z]*o/.test(word));
}
