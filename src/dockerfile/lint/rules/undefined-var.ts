import type { SourceRange } from '../../../base/errors.ts';
import type { ArgInstruction, Instruction } from '../../ast.ts';
import { expandHeredoc } from '../../expand.ts';
import { didYouMean } from '../../suggest.ts';
import { baseVariables } from '../base-variables.ts';
import { type LintContext, rootOf } from '../context.ts';
import { fromImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';
import { expandIn, type Scope } from '../scope.ts';
import { walkScopes } from '../variables.ts';

interface Written {
  readonly value: string;
  readonly at: SourceRange;
}

/** Each is a comparison with all names that are set; a file with more unset names than this has another trouble than its spelling. */
const MOST_HINTS = 200;

export const undefinedVar: LintRule = {
  id: 'UndefinedVar',
  severity: 'warning',
  title: 'Variables are set before they are used',
  *check(context) {
    let hints = 0;
    for (const { instruction, scope } of walkScopes(context)) {
      for (const [name, at] of unsetNames(context, instruction, scope)) {
        if (isKnown(context, instruction, scope, name)) continue;
        hints += 1;
        const hint = hints > MOST_HINTS ? undefined : nearestSet(name, scope);
        const message = `$${name} is not set here`;
        yield { message: hint === undefined ? message : `${message}: ${hint}`, at };
      }
    }
  },
};

function isKnown(context: LintContext, instruction: Instruction, scope: Scope, name: string): boolean {
  return scope.declared.has(name) || isPredefined(name) || knownOfBase(context, instruction).has(name);
}

function nearestSet(name: string, scope: Scope): string | undefined {
  return didYouMean(name, [...scope.values.keys(), ...scope.declared]);
}

/** BuildKit's arguments for SBOM scans are no environment and no ARG. */
function isPredefined(name: string): boolean {
  return name === 'BUILDKIT_SBOM_SCAN_CONTEXT' || name === 'BUILDKIT_SBOM_SCAN_STAGE';
}

function knownOfBase(context: LintContext, instruction: Instruction): ReadonlySet<string> {
  const image = fromImage(context, rootOf(context.stageOf(instruction)));
  return new Set(image === undefined ? [] : baseVariables(image.name));
}

/** The unset names of each word. */
function unsetNames(
  context: LintContext,
  instruction: Instruction,
  scope: Scope,
): readonly (readonly [string, SourceRange])[] {
  const found: (readonly [string, SourceRange])[] = [];
  const add = (names: Iterable<string>, at: SourceRange) => {
    for (const name of names) found.push([name, at]);
  };
  const { escape: escapeChar } = context.file.directives;
  for (const { value, at } of expandedTexts(instruction)) {
    if (value.includes('$')) add(expandIn(value, scope, escapeChar)?.unmatched ?? [], at);
  }
  if (instruction.kind === 'arg') found.push(...unsetInArg(instruction, scope, escapeChar));
  const inline = instruction.kind === 'copy' || instruction.kind === 'add' ? instruction.inlineSources : [];
  // Sources of one name have one body.
  const bodies = new Map(inline.map(({ heredoc }) => [heredoc.body.start.offset, heredoc]));
  for (const heredoc of bodies.values()) {
    if (heredoc.expand) add(heredocNames(heredoc.content, scope), heredoc.body);
  }
  return found;
}

/** The names of one ARG are set one after the other; they are not expanded themselves. */
function* unsetInArg(
  { pairs }: ArgInstruction,
  scope: Scope,
  escapeChar: '\\' | '`',
): Iterable<readonly [string, SourceRange]> {
  const earlier = new Set<string>();
  for (const { key, value } of pairs) {
    if (value?.value.includes('$')) {
      for (const name of expandIn(value.value, scope, escapeChar)?.unmatched ?? [])
        if (!earlier.has(name)) yield [name, value.at];
    }
    earlier.add(key.value);
  }
}

function heredocNames(body: string, scope: Scope): Iterable<string> {
  try {
    return expandHeredoc(body, scope.values).unmatched;
  } catch {
    return [];
  }
}

/** The texts in which the builder minds unset variables; in EXPOSE it does not (dockerfile2llb, dispatchExpose). */
function expandedTexts(instruction: Instruction): readonly Written[] {
  switch (instruction.kind) {
    case 'env':
    case 'label':
      return instruction.pairs.flatMap(({ key, value }) => [key, value]);
    case 'copy':
    case 'add':
      return [
        ...instruction.sources,
        instruction.destination,
        ...optional(instruction.chown),
        ...optional(instruction.chmod),
        ...optional(instruction.checksum),
      ];
    case 'run':
      return instruction.mounts;
    case 'workdir':
    case 'user':
    case 'stopsignal':
      return [instruction.word];
    case 'volume':
      return instruction.words;
    default:
      return [];
  }
}

function optional(text: Written | undefined): readonly Written[] {
  return text === undefined ? [] : [text];
}
