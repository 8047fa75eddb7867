import type { EnvInstruction, Instruction, RunInstruction } from '../../ast.ts';
import { appended, commandRule } from '../command-rule.ts';
import { hasCacheMount, type LintContext, type LintStage, triggersRun } from '../context.ts';
import { inherited } from '../inherited.ts';
import { lastBefore } from '../last-before.ts';
import type { RunScript } from '../run-script.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';
import { isPipInstall, moduleIs } from '../tools/pip.ts';
import { unquote } from '../unquote.ts';

const TRUE = /^(?:1|[Tt]rue|TRUE|[Oo]n|ON|[Yy]es|YES)$/;
const VARIABLE = 'PIP_NO_CACHE_DIR';

export const dl3042 = commandRule(
  { id: 'DL3042', severity: 'warning', title: 'pip install with --no-cache-dir', onbuild: true },
  ({ commands, run, context }) => {
    const view = commands.find((one) => isPipInstall(one) && !hasArg(one, '--no-cache-dir') && !isOther(one));
    if (view === undefined) return undefined;
    if (hasCacheMount(run, '.cache/pip') || environmentSays(context, run) || scriptsSay(context, run)) {
      return undefined;
    }
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
      at: view,
      message: 'pip keeps downloads in the layer: add --no-cache-dir, or mount a cache at /root/.cache/pip',
      fix: {
        title: 'Add --no-cache-dir',
        safety: 'safe',
        edits: [appended(verb, 'install', '--no-cache-dir')],
      },
    };
  },
);

function isOther(view: CommandView): boolean {
  return /^pip(?:x|env)/.test(view.name) || moduleIs(view, 'pipx') || moduleIs(view, 'pipenv');
}

function environmentSays(context: LintContext, run: RunInstruction): boolean {
  const stage = context.stageOf(run);
  const own = lastBefore(ownSettings(stage), run.at.start.offset);
  const last =
    own ?? ofTriggers(stage) ?? (stage.parent === undefined ? undefined : lastSetting(stage.parent));
  const value = last?.pairs.findLast(({ key }) => key.value === VARIABLE)?.value.value;
  return value !== undefined && TRUE.test(unquote(value));
}

/** The ENVs that set the variable. */
function ownSettings(stage: LintStage): readonly EnvInstruction[] {
  const before = settings.get(stage);
  if (before !== undefined) return before;
  const found = stage.instructions.filter(isSetting);
  settings.set(stage, found);
  return found;
}

function isSetting(one: Instruction): one is EnvInstruction {
  return one.kind === 'env' && one.pairs.some(({ key }) => key.value === VARIABLE);
}

function ofTriggers(stage: LintStage): EnvInstruction | undefined {
  return triggersRun(stage).findLast(isSetting);
}

const settings = new WeakMap<LintStage, readonly EnvInstruction[]>();
const lastSetting = inherited((stage) => ownSettings(stage).at(-1) ?? ofTriggers(stage));

/** A RUN may have a script for each of its heredocs, which all ask. */
function scriptsSay(context: LintContext, run: RunInstruction): boolean {
  const before = said.get(run);
  if (before !== undefined) return before;
  const says = context.scripts(run).some(scriptSays);
  said.set(run, says);
  return says;
}

const said = new WeakMap<RunInstruction, boolean>();

function scriptSays({ text, commands }: RunScript): boolean {
  const exported = commands.some(
    ({ name, args }) =>
      ['export', 'env', 'declare'].includes(name) && args.some(({ value }) => assigns(value)),
  );
  return exported || [...text.value.matchAll(/\bPIP_NO_CACHE_DIR=(\S+)/g)].some(([whole]) => assigns(whole));
}

function assigns(text: string): boolean {
  const [name, value = ''] = text.split('=');
  return name === VARIABLE && TRUE.test(unquote(value.replace(/;$/, '')));
}
