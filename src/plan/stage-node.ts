import { BuildError, type SourceRange } from '../base/errors.ts';
import type { Instruction, Stage } from '../dockerfile/ast.ts';
import type { Platform } from '../image/types.ts';
import type { NamedContextUse } from './named-contexts.ts';
import type { ResolvedBase } from './options.ts';
import type { StageState } from './stage-state.ts';

/** An instruction with the stages it reads from. */
export interface Command {
  readonly instruction: Instruction;
  /** COPY --from: one. RUN: one for each mount, undefined for those that read no stage and no image. */
  readonly sources: readonly (StageNode | undefined)[];
  /** It is a trigger of the base (ONBUILD). */
  readonly triggered: boolean;
  /** For a trigger the FROM line. */
  readonly at: SourceRange;
}

/** A stage of the file, or an image that COPY --from or a mount names, which is a stage without instructions. */
export interface StageNode {
  /** Undefined for an image that is only read from. */
  readonly stage: Stage | undefined;
  /** Name, or `stage-2`, or the image's name. */
  readonly label: string;
  /** FROM's name after expansion. */
  readonly baseName: string;
  /** The earlier stage that it is FROM. */
  readonly base: StageNode | undefined;
  /** What --platform says. */
  readonly platform: Platform | undefined;
  /** The context that replaces the whole stage. */
  readonly replacement: NamedContextUse | undefined;
  readonly at: SourceRange;
  commands: readonly Command[];
  readonly dependencies: Map<StageNode, SourceRange>;
  triggersRead: boolean;
  /** The image it stands on, once it is known. */
  resolved: ResolvedBase | undefined;
  /** Set when all its instructions have been worked through; others can read from it then. */
  state: StageState | undefined;
}

/**
 * What a step reads of another stage. A trigger may name the stage that it is run in, and reads what is there by then.
 * @throws BuildError when the stage comes later in the file
 */
export function stateOf(
  source: StageNode,
  reader: { readonly node: StageNode; readonly state: StageState },
  verb: 'copies' | 'mounts',
): StageState {
  const state = source === reader.node ? reader.state : source.state;
  if (state !== undefined) return state;
  throw new BuildError({
    kind: 'user',
    code: 'STAGE_ORDER',
    message: `Stage "${reader.node.label}" ${verb} from stage "${source.label}", which comes later in the file`,
    hint: 'Move the stage up.',
  });
}
