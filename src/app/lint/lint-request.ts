import type { LintConfig } from '../../dockerfile/lint/config.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { BuildRequest } from '../../engine/engine.ts';
import type { BuildOptions } from '../build-options.ts';
import { readLintConfig } from './lint-config.ts';
import { shellcheckFiles } from './shellcheck.ts';

export interface LintSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onNotice?: (message: string) => void;
}

/**
 * How a build lints its Dockerfile: configuration, threshold, and what ShellCheck found in it.
 * @throws BuildError as readLintConfig and shellcheckFiles
 */
export async function lintRequest(
  { lint, buildArgs }: BuildOptions,
  dockerfile: { readonly path: string; readonly text: string },
  dockerignore: string | undefined,
  { environment, onNotice }: LintSurroundings,
): Promise<BuildRequest['lint']> {
  if (!lint.enabled) return { enabled: false, failOn: 'none', config: {} };
  const config = await readLintConfig({ ...lint, environment, buildArgs, dockerignore });
  const parsed = parseDockerfile(dockerfile.text, dockerfile.path);
  const [external = []] = await shellcheckFiles([{ parsed, config }], {
    mode: lint.shellcheck,
    environment,
    ...(onNotice === undefined ? {} : { onNotice }),
  });
  return {
    enabled: true,
    failOn: lint.failOn ?? thresholdIn(config),
    config: { ...config, external },
  };
}

function thresholdIn({ noFail, failureThreshold }: LintConfig): BuildRequest['lint']['failOn'] {
  if (noFail === true) return 'none';
  // hadolint's word for: whatever is told.
  return failureThreshold === 'ignore' ? 'style' : (failureThreshold ?? 'warning');
}
