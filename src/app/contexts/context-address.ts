import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { type GitReference, parseGitReference } from '../../plan/git-reference.ts';

/** What the main context's text means. */
export type ContextAddress =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'git'; readonly reference: GitReference }
  /** A download: an archive, or a Dockerfile. */
  | { readonly kind: 'http'; readonly url: string }
  /** Standard input: an archive, or a Dockerfile. */
  | { readonly kind: 'stdin' };

/**
 * Reads a build context as docker does (buildx, build/opt.go loadInputs): a folder that is there is meant, whatever it looks like.
 * @throws BuildError `CONTEXT_NOT_FOUND`, `CONTEXT_NOT_SUPPORTED`, `BAD_GIT_REFERENCE`
 */
export function contextAddress(text: string): ContextAddress {
  if (text === '-') return { kind: 'stdin' };
  const path = resolve(text);
  const isFolder = isFolderAt(path);
  if (isFolder) return { kind: 'folder', path };
  const reference = parseGitReference(text);
  if (reference !== undefined) return { kind: 'git', reference };
  if (isWebAddress(text)) return { kind: 'http', url: text };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (text.includes('{{')) {
    throw new BuildError({
      kind: 'user',
      code: 'CONTEXT_NOT_SUPPORTED',
      message: `The context ${text} is a template, and none are filled in`,
      hint: "{{defaultContext}} is docker/build-push-action's name for the commit in its Git repository. Here the checkout is the default: for {{defaultContext}}:FOLDER write the folder itself.",
    });
  }
  if (scheme !== undefined) {
    throw new BuildError({
      kind: 'user',
      code: 'CONTEXT_NOT_SUPPORTED',
      message: `The context is an address of the kind ${scheme}://`,
      hint: 'A context is a folder, a Git repository (https://host/path.git#ref:folder, git@host:path, ssh://), the http address of a tar archive or a Dockerfile, or - for standard input.',
    });
  }
  throw new BuildError({
    kind: 'user',
    code: 'CONTEXT_NOT_FOUND',
    message: `The context ${text} is ${existsSync(path) ? 'not a folder' : 'not there'}`,
    hint: existsSync(path)
      ? 'Give the folder; an archive is read from standard input: build - < FILE.'
      : 'In a workflow, actions/checkout has to run before this step.',
  });
}

/** Nothing is a folder that the system does not find one at, for whatever reason: a link to itself, a name that is too long. */
export function isFolderAt(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text);
}

/** For messages: an address without user, password and query, which may be secret. */
export function shownAddress(text: string): string {
  const url = URL.parse(text);
  return url === null || !isWebAddress(text) ? text : `${url.origin}${url.pathname}`;
}
