import { pipefailShell } from '../base-shell.ts';
import { appended, commandRule } from '../command-rule.ts';
import type { LintContext, LintStage } from '../context.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

const QUIET = ['progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'];

export const dl3047 = commandRule(
  { id: 'DL3047', severity: 'info', title: 'wget with --progress', onbuild: true },
  ({ commands, context, run }) => {
    const view = commands.find(
      (one) => one.name === 'wget' && !hasFlag(one, ...QUIET) && !hasArg(one, '-nv'),
    );
    if (view === undefined) return undefined;
    // busybox has a wget of the same name and without that option.
    const option = isOfBusybox(context, context.stageOf(run)) ? '-q' : '--progress=dot:giga';
    return {
      at: view,
      message: `wget fills the log with its progress bar: add ${option}`,
      fix: { title: `Add ${option}`, safety: 'unsafe', edits: [appended(view.nameWord, 'wget', option)] },
    };
  },
);

/** An Alpine image into which the stage installs no other wget. */
function isOfBusybox(context: LintContext, stage: LintStage): boolean {
  if (pipefailShell(context, stage) !== '/bin/ash') return false;
  const before = installs.get(stage);
  if (before !== undefined) return !before;
  const commands = context
    .of(stage, 'run')
    .flatMap((run) => context.scripts(run))
    .flatMap((one) => one.commands);
  const found = commands.some(
    (one) => one.name === 'apk' && hasArg(one, 'add') && one.args.some(({ value }) => /^wget\b/.test(value)),
  );
  installs.set(stage, found);
  return !found;
}

/** Every RUN of a stage asks. */
const installs = new WeakMap<LintStage, boolean>();
