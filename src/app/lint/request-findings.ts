import type { LintedFile } from '../../dockerfile/lint/format/linted-file.ts';
import { lint } from '../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { BuildRequest } from '../../engine/engine.ts';

/** The findings that a build tells, without the build. */
export function requestFindings({ dockerfile, lint: { config } }: BuildRequest): LintedFile {
  const { path, text } = dockerfile;
  return { path, text, diagnostics: lint(parseDockerfile(text, path, config.buildArgs), config) };
}
