import { BuildError } from '../../base/errors.ts';

const USUAL = 'Dockerfile';

/** Where a Dockerfile may be: where it is said to be and, if that is the usual name, under it in small letters (BuildKit, dockerui config.go). */
export function dockerfileNames(path: string): readonly string[] {
  const usual = path === USUAL || path.endsWith(`/${USUAL}`);
  return usual ? [path, `${path.slice(0, -USUAL.length)}${USUAL.toLowerCase()}`] : [path];
}

export function dockerfileNotFound(
  what: string,
  more: { readonly hint: string; readonly cause?: unknown },
): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'DOCKERFILE_NOT_FOUND',
    message: `The Dockerfile ${what}`,
    ...more,
  });
}
