import { throwAll } from '../../base/errors.ts';
import { ignoreFileProblem } from '../../dockerfile/ignore.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import { lintBeforeBuild } from '../../engine/embedded/lint-gate.ts';
import type { BuildEvent, BuildRequest } from '../../engine/engine.ts';

/**
 * What a build does before any work, and no more: each finding is told.
 * @throws BuildError `LINT_FAILED`; what is wrong with a Dockerfile or an ignore file that cannot be read
 */
export function checkRequest(request: BuildRequest, onEvent: (event: BuildEvent) => void): void {
  const { path, text } = request.dockerfile;
  const parsed = parseDockerfile(text, path, request.buildArgs);
  lintBeforeBuild(parsed, { ...request, lint: { ...request.lint, enabled: true } }, onEvent);
  const { dockerignore } = request.lint.config;
  const ignoreFile = dockerignore === undefined ? undefined : ignoreFileProblem(dockerignore);
  throwAll(ignoreFile === undefined ? parsed.problems : [...parsed.problems, ignoreFile]);
}
