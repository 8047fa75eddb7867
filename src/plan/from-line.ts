import { BuildError, toBuildError } from '../base/errors.ts';
import type { Dockerfile, Stage, Text } from '../dockerfile/ast.ts';
import { type Expansion, expandWord } from '../dockerfile/expand.ts';
import { didYouMean } from '../dockerfile/suggest.ts';
import { parsePlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import type { Platform } from '../image/types.ts';
import type { Environment } from './environment.ts';
import { readGlobalArgs } from './global-args.ts';
import type { NamedContexts } from './named-contexts.ts';
import type { PlanOptions } from './options.ts';
import type { Warnings } from './warnings.ts';

/** What reading FROM lines depends on. */
export interface FromInput {
  readonly file: Dockerfile;
  readonly globals: Environment;
  readonly declared: ReadonlySet<string>;
  readonly contexts: NamedContexts;
  readonly target: Platform;
  readonly warnings: Warnings;
}

/**
 * What FROM says after expansion with the global ARGs; a bad --platform is added to `errors`.
 * @throws BuildError for a name that cannot be expanded or is blank
 */
export function readFromLine(
  stage: Stage,
  input: FromInput,
  errors: BuildError[],
): { readonly baseName: string; readonly platform: Platform | undefined } {
  const { from } = stage;
  const name = expandWord(from.image.value, input.globals, { escape: input.file.directives.escape });
  reportUndeclared(name, stage, input);
  let platform: Platform | undefined;
  try {
    if (from.platform !== undefined && from.platform.value !== '')
      platform = readPlatform(from.platform, stage, input);
  } catch (error) {
    errors.push(toBuildError(error).located(from.platform?.at));
  }
  if (name.value !== '') return { baseName: name.value, platform };
  throw new BuildError({
    kind: 'user',
    code: 'NO_BASE',
    message: `FROM ${from.image.value} names no image`,
    hint: undeclaredHint(name, input.globals) ?? 'Give the ARG a default, or pass --build-arg.',
    at: from.at,
  });
}

function readPlatform(text: Text, stage: Stage, input: FromInput): Platform {
  const expanded = expandWord(text.value, input.globals, { escape: input.file.directives.escape });
  reportUndeclared(expanded, stage, input);
  reportPlatform(text, expanded, stage, input);
  if (expanded.value === '') {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_PLATFORM',
      message: `--platform=${text.value} is empty`,
      hint: undeclaredHint(expanded, input.globals),
    });
  }
  return parsePlatform(expanded.value, input.target);
}

function reportUndeclared(expanded: Expansion, stage: Stage, input: FromInput): void {
  const known = [...input.globals.names(), ...input.declared];
  for (const name of expanded.unmatched) {
    if (!known.includes(name)) input.warnings.undefinedInFrom(name, known, stage.from.at);
  }
}

function undeclaredHint(expanded: Expansion, globals: Environment): string | undefined {
  for (const name of expanded.unmatched) {
    const hint = didYouMean(name, globals.names());
    if (hint !== undefined) return hint;
  }
  return undefined;
}

function reportPlatform(text: Text, expanded: Expansion, stage: Stage, input: FromInput): void {
  const { at } = stage.from;
  const onlyTarget =
    expanded.matched.size === 1 && expanded.matched.has('TARGETPLATFORM') && expanded.unmatched.size === 0;
  if (onlyTarget && expanded.value === input.globals.get('TARGETPLATFORM')) {
    input.warnings.add(
      'RedundantTargetPlatform',
      `--platform=${text.value} is what FROM takes anyway; leave it out`,
      at,
    );
  }
  if (expanded.matched.size > 0 || expanded.unmatched.size > 0) return;
  reportConstant(expanded.value, stage, input.warnings);
}

function reportConstant(value: string, stage: Stage, warnings: Warnings): void {
  let platform: Platform;
  try {
    platform = parsePlatform(value);
  } catch {
    return;
  }
  const name = stage.name ?? '';
  if (name.includes(platform.os) || name.includes(platform.architecture)) return;
  warnings.add(
    'FromPlatformFlagConstDisallowed',
    `FROM is tied to the platform "${value}"; name the stage after it if that is meant`,
    stage.from.at,
  );
}

/** A FROM whose name is no image name when only the defaults of the ARGs are used. */
export function reportBadDefaults(input: FromInput, options: PlanOptions): void {
  const { file, warnings } = input;
  const { values, errors } = readGlobalArgs(file, options, input.target, new Map());
  if (errors.length > 0) return;
  for (const { from } of file.stages) {
    try {
      parseReference(expandWord(from.image.value, values, { escape: file.directives.escape }).value);
    } catch (error) {
      if (toBuildError(error).code !== 'BAD_REFERENCE') return;
      const text = `FROM ${from.image.value} names no valid image unless a build arg is given`;
      warnings.add('InvalidDefaultArgInFrom', text, from.at);
    }
  }
}
