import type { SourceRange } from '../../base/errors.ts';
import type { LintContext, LintStage } from './context.ts';
import { type ImageName, splitImageName } from './image-name.ts';
import { expandIn, globalScope } from './scope.ts';
import { unquote } from './unquote.ts';

export interface FromImage extends ImageName {
  readonly at: SourceRange;
}

/**
 * The image that a stage is built from, ARG defaults and build arguments filled in; undefined when it is an earlier stage or `scratch`.
 */
export function fromImage(context: LintContext, stage: LintStage): FromImage | undefined {
  const { from } = stage;
  if (from === undefined || stage.parent !== undefined) return undefined;
  const image = resolveImage(context, from.image.value);
  return image.name === 'scratch' ? undefined : { ...image, at: from.image.at };
}

/** An image name with its variables filled in; where one has no value the parts are those of the text as written. */
export function resolveImage(context: LintContext, written: string): ImageName {
  const raw = unquote(written);
  if (!raw.includes('$')) return splitImageName(raw);
  const expanded = expandIn(
    raw,
    globalScope(context, context.config.buildArgs),
    context.file.directives.escape,
  );
  const known = expanded !== undefined && expanded.unmatched.size === 0 && expanded.value !== '';
  // A colon in `${x:-y}` is none of the name's.
  return splitImageName(known ? expanded.value : raw.replace(/\$\{(\w+)[^}]*\}/g, '$$$1'));
}
