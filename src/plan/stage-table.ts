import { BuildError, type SourceRange, toBuildError } from '../base/errors.ts';
import type { CopyInstruction, Instruction, RunInstruction, Stage } from '../dockerfile/ast.ts';
import { expandWord } from '../dockerfile/expand.ts';
import { didYouMean } from '../dockerfile/suggest.ts';
import { type FromInput, readFromLine } from './from-line.ts';
import { mountSource } from './mount-names.ts';
import type { Command, StageNode } from './stage-node.ts';

/** The stages of a file by name and number, and what each reads from the others. */
export class StageTable {
  readonly #nodes: StageNode[] = [];
  readonly #images: StageNode[] = [];
  readonly #byName = new Map<string, StageNode>();
  readonly errors: BuildError[] = [];

  constructor(input: FromInput) {
    for (const stage of input.file.stages) this.#attempt(stage.from.at, () => this.#add(stage, input));
    for (const node of this.#nodes) this.#link(node);
    if (this.errors.length === 0) this.#checkCircles();
  }

  /** Stages in the order of the file. */
  get stages(): readonly StageNode[] {
    return this.#nodes;
  }

  /** Images that instructions of the stages read from. */
  get images(): readonly StageNode[] {
    return this.#images;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** @throws BuildError `NO_STAGE` for an unknown name */
  target(name: string | undefined): StageNode | undefined {
    if (name === undefined || name === '') return this.#nodes.at(-1);
    const node = this.#byName.get(name.toLowerCase());
    if (node !== undefined) return node;
    throw new BuildError({
      kind: 'user',
      code: 'NO_STAGE',
      message: `There is no stage "${name}" to build`,
      hint: didYouMean(name, this.names) ?? this.#listOfNames(),
    });
  }

  /**
   * Puts instructions in front of a stage's own. True when they read from a stage or an image.
   * @throws BuildError
   */
  prepend(node: StageNode, triggers: readonly Instruction[]): boolean {
    const commands = triggers.map((trigger) => this.#command(node, trigger, node.at, true));
    node.commands = [...commands, ...node.commands];
    return commands.some(({ sources }) => sources.some((source) => source !== undefined));
  }

  #listOfNames(): string {
    const { names } = this;
    return names.length === 0 ? 'No stage of this file has a name.' : `The stages are ${names.join(', ')}.`;
  }

  #attempt(at: SourceRange, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.errors.push(toBuildError(error).located(at));
    }
  }

  #add(stage: Stage, input: FromInput): void {
    const { baseName, platform } = readFromLine(stage, input, this.errors);
    const replacement =
      stage.name === undefined ? undefined : input.contexts.find(stage.name, platform ?? input.target);
    const node: StageNode = {
      stage,
      label: stage.name ?? `stage-${stage.index}`,
      baseName,
      base: replacement === undefined ? this.#byName.get(baseName) : undefined,
      platform,
      replacement,
      at: stage.from.at,
      commands: [],
      dependencies: new Map(),
      triggersRead: false,
      resolved: undefined,
      state: undefined,
    };
    this.#nodes.push(node);
    if (stage.name !== undefined) this.#byName.set(stage.name, node);
  }

  #link(node: StageNode): void {
    if (node.replacement !== undefined) return;
    const commands: Command[] = [];
    for (const instruction of node.stage?.instructions ?? []) {
      this.#attempt(instruction.at, () => {
        commands.push(this.#command(node, instruction, instruction.at, false));
      });
    }
    node.commands = commands;
  }

  #command(node: StageNode, instruction: Instruction, at: SourceRange, triggered: boolean): Command {
    const sources = this.#sourcesOf(instruction, at);
    for (const source of sources) {
      if (source !== undefined && !node.dependencies.has(source)) node.dependencies.set(source, at);
    }
    return { instruction, sources, triggered, at };
  }

  #sourcesOf(instruction: Instruction, at: SourceRange): readonly (StageNode | undefined)[] {
    if (instruction.kind === 'copy') return this.#copySource(instruction, at);
    if (instruction.kind === 'run') return this.#mountSources(instruction, at);
    return [];
  }

  #copySource(instruction: CopyInstruction, at: SourceRange): readonly StageNode[] {
    const name = instruction.from?.value ?? '';
    if (name === '') return [];
    if (expandWord(name).value !== name) {
      throw new BuildError({
        kind: 'user',
        code: 'FROM_IS_FIXED',
        message: 'COPY --from takes no variable',
        hint: 'Give the image a name with FROM $VARIABLE AS name, and copy from that name.',
      });
    }
    if (!/^[+-]?\d+$/.test(name)) return [this.#named(name, at)];
    const node = this.#nodes[Number(name)];
    if (node !== undefined && Number(name) >= 0) return [node];
    throw new BuildError({
      kind: 'user',
      code: 'NO_STAGE',
      message: `There is no stage number ${name}`,
      hint: `This file has ${this.#nodes.length}, counted from 0.`,
    });
  }

  #mountSources(instruction: RunInstruction, at: SourceRange): readonly (StageNode | undefined)[] {
    return instruction.mounts.map((mount) => {
      const name = mountSource(mount.value);
      return name === '' ? undefined : this.#named(name, at);
    });
  }

  /** The last stage of this name, in any case, or an image. */
  #named(name: string, at: SourceRange): StageNode {
    return this.#byName.get(name.toLowerCase()) ?? this.#image(name, at);
  }

  #image(name: string, at: SourceRange): StageNode {
    const known = this.#images.find(({ baseName }) => baseName === name);
    if (known !== undefined) return known;
    const node: StageNode = {
      stage: undefined,
      label: name,
      baseName: name,
      base: undefined,
      platform: undefined,
      replacement: undefined,
      at,
      commands: [],
      dependencies: new Map(),
      triggersRead: true,
      resolved: undefined,
      state: undefined,
    };
    this.#images.push(node);
    return node;
  }

  /** One error for a circle among stages; FROM cannot be part of one, since it only looks back. */
  #checkCircles(): void {
    const done = new Set<StageNode>();
    const open: StageNode[] = [];
    const visit = (node: StageNode): void => {
      if (done.has(node)) return;
      done.add(node);
      open.push(node);
      for (const [dependency, at] of node.dependencies) {
        if (open.includes(dependency)) this.errors.push(circle(open.slice(open.indexOf(dependency)), at));
        else visit(dependency);
      }
      open.pop();
    };
    for (const node of this.#nodes) visit(node);
  }
}

/** Stages and images that a stage needs, itself among them. */
export function reachableFrom(target: StageNode): ReadonlySet<StageNode> {
  const reached = new Set<StageNode>([target]);
  for (const node of reached) {
    if (node.base !== undefined) reached.add(node.base);
    for (const dependency of node.dependencies.keys()) reached.add(dependency);
  }
  return reached;
}

function circle(nodes: readonly StageNode[], at: SourceRange): BuildError {
  const names = [...nodes, nodes[0]].map((node) => node?.label ?? '');
  return new BuildError({
    kind: 'user',
    code: 'STAGE_CIRCLE',
    message:
      nodes.length === 1
        ? `Stage ${names[0]} reads from itself`
        : `Stages need each other: ${names.join(' → ')}`,
    at,
  });
}
