import { BuildError, BuildErrors, toBuildError } from '../base/errors.ts';
import type { Instruction } from '../dockerfile/ast.ts';
import { lowerArg } from './lower-arg.ts';
import {
  lowerCommand,
  lowerEnv,
  lowerHealthcheck,
  lowerLabel,
  lowerList,
  lowerOnbuild,
  lowerShell,
  lowerWord,
} from './lower-config.ts';
import { lowerCopy } from './lower-copy.ts';
import { lowerRun } from './lower-run.ts';
import type { Command, StageNode } from './stage-node.ts';
import type { StageState } from './stage-state.ts';
import type { PlanContext, Step, StepCounter } from './step.ts';

/** Their values are what later instructions see: after a failure of these, what follows would only repeat it. */
const DEFINING: ReadonlySet<Instruction['kind']> = new Set(['arg', 'env', 'shell']);

/** Works through all instructions of a stage, and through the rest of them when one is wrong. Gives all errors. */
export function lowerStage(
  context: PlanContext,
  node: StageNode,
  state: StageState,
  counter: StepCounter,
): readonly BuildError[] {
  const errors: BuildError[] = [];
  const seen = new Set<Instruction['kind']>();
  const noCache = isNoCache(context, node);
  for (const command of node.commands) {
    try {
      lower({ context, node, state, command, counter, noCache, seen }, command.instruction);
    } catch (error) {
      errors.push(placed(toBuildError(error), command));
      if (DEFINING.has(command.instruction.kind)) break;
    }
    seen.add(command.instruction.kind);
  }
  return errors.flatMap((error) => (error instanceof BuildErrors ? error.errors : [error]));
}

/** What a trigger says stands in no file of this build: its errors are told at the FROM line. */
function placed(error: BuildError, { triggered, at, instruction }: Command): BuildError {
  if (!triggered) return error.located(at);
  const { kind, code, message, hint } = error;
  const name = instruction.keyword.value.toUpperCase();
  return new BuildError({ kind, code, message: `ONBUILD ${name}: ${message}`, hint, at, cause: error });
}

function isNoCache({ options }: PlanContext, node: StageNode): boolean {
  if (typeof options.noCache === 'boolean') return options.noCache;
  const name = node.stage?.name;
  return name !== undefined && options.noCache.some((other) => other.toLowerCase() === name);
}

function lower(step: Step, instruction: Instruction): void {
  switch (instruction.kind) {
    case 'run':
      lowerRun(step, instruction);
      break;
    case 'copy':
    case 'add':
      lowerCopy(step, instruction);
      break;
    case 'env':
      lowerEnv(step, instruction);
      break;
    case 'label':
      lowerLabel(step, instruction);
      break;
    case 'arg':
      lowerArg(step, instruction);
      break;
    case 'cmd':
    case 'entrypoint':
      lowerCommand(step, instruction);
      break;
    case 'shell':
      lowerShell(step, instruction);
      break;
    case 'workdir':
    case 'user':
    case 'stopsignal':
    case 'maintainer':
      lowerWord(step, instruction);
      break;
    case 'expose':
    case 'volume':
      lowerList(step, instruction);
      break;
    case 'healthcheck':
      lowerHealthcheck(step, instruction);
      break;
    case 'onbuild':
      lowerOnbuild(step, instruction);
      break;
    case 'from':
      break;
  }
}
