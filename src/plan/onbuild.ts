import { BuildError, toBuildError } from '../base/errors.ts';
import type { Instruction } from '../dockerfile/ast.ts';
import { parseTrigger } from '../dockerfile/parse.ts';
import type { StageNode } from './stage-node.ts';

/**
 * The triggers that a stage has to run first: those of the image it stands on, or those of the stage it is FROM.
 * @throws BuildError for a trigger that is no instruction
 */
export function triggersOf(node: StageNode): readonly Instruction[] {
  const texts =
    node.base === undefined
      ? (node.resolved?.config.config?.OnBuild ?? [])
      : node.base.commands.flatMap(({ instruction }) =>
          instruction.kind === 'onbuild' ? [instruction.expression] : [],
        );
  return texts.map((text) => readTrigger(text, node));
}

/** A trigger is no part of this file: its errors stand at the FROM line. */
function readTrigger(text: string, node: StageNode): Instruction {
  try {
    return parseTrigger(text);
  } catch (error) {
    const { kind, code, message, hint } = toBuildError(error);
    throw new BuildError({
      kind,
      code,
      message: `ONBUILD ${text}: ${message}`,
      hint,
      at: node.at,
      cause: error,
    });
  }
}
