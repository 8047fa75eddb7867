import { BuildError } from '../../../base/errors.ts';
import { renderCheckstyle } from './checkstyle.ts';
import { renderCodacy } from './codacy.ts';
import { renderCodeclimate, renderGitlab } from './codeclimate.ts';
import { renderGithub } from './github.ts';
import { renderGnu } from './gnu.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { LintedFile, RenderOptions } from './linted-file.ts';
import { renderSarif } from './sarif.ts';
import { renderSonarqube } from './sonarqube.ts';
import { renderTty } from './tty.ts';

type Renderer = (files: readonly LintedFile[], options: RenderOptions) => string;

const RENDERERS: Readonly<Record<string, Renderer>> = {
  tty: renderTty,
  json: renderJson,
  sarif: renderSarif,
  checkstyle: renderCheckstyle,
  codeclimate: renderCodeclimate,
  gitlab_codeclimate: renderGitlab,
  gnu: renderGnu,
  codacy: renderCodacy,
  sonarqube: renderSonarqube,
  junit: renderJunit,
  github: renderGithub,
};

/**
 * The findings of all files in one of `FORMATS`; the text ends with a newline unless it is empty.
 * @throws BuildError `UNKNOWN_FORMAT`
 */
export function renderFindings(
  format: string,
  files: readonly LintedFile[],
  options: RenderOptions = {},
): string {
  const renderer = Object.hasOwn(RENDERERS, format) ? RENDERERS[format] : undefined;
  if (renderer !== undefined) return renderer(files, options);
  throw new BuildError({
    kind: 'user',
    code: 'UNKNOWN_FORMAT',
    message: `"${format}" is no format for findings`,
    hint: `It is one of ${Object.keys(RENDERERS).join(', ')}.`,
  });
}
