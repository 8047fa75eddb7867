import type { RunInstruction } from '../../ast.ts';
import { appended, commandRule } from '../command-rule.ts';
import { ancestry, hasCacheMount, type LintContext } from '../context.ts';
import type { RunScript } from '../run-script.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';
import { isPipInstall, moduleIs } from '../tools/pip.ts';
import { unquote } from '../unquote.ts';

const TRUE = /^(?:1|[Tt]rue|TRUE|[Oo]n|ON|[Yy]es|YES)$/;
const VARIABLE = 'PIP_NO_CACHE_DIR';

export const dl3042 = commandRule(
  { id: 'DL3042', severity: 'warning', title: 'pip install with --no-cache-dir', onbuild: true },
  ({ commands, script, run, context }) => {
    const view = commands.find((one) => isPipInstall(one) && !hasArg(one, '--no-cache-dir') && !isOther(one));
    if (view === undefined) return undefined;
    if (hasCacheMount(run, '.cache/pip') || environmentSays(context, run) || scriptSays(script, commands)) {
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
  const own = context.stageOf(run);
  for (const stage of ancestry(own)) {
    const last = context
      .of(stage, 'env')
      .filter(({ at }) => stage !== own || at.start.offset < run.at.start.offset)
      .flatMap(({ pairs }) => pairs)
      .findLast(({ key }) => key.value === VARIABLE);
    if (last !== undefined) return TRUE.test(unquote(last.value.value));
  }
  return false;
}

function scriptSays({ text }: RunScript, commands: readonly CommandView[]): boolean {
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
