import { commandRule } from '../command-rule.ts';
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
    return { at: pipe, message };
  },
);

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
