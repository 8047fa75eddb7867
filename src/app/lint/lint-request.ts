import type { LintConfig } from '../../dockerfile/lint/config.ts';
import { lint as findingsIn } from '../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { BuildRequest } from '../../engine/engine.ts';
import type { BuildOptions } from '../build-options.ts';
import { againstBaseline, baselineFolder, readBaseline } from './baseline-file.ts';
import { readLintConfig } from './lint-config.ts';
import { shellcheckFiles } from './shellcheck.ts';

export interface LintSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onNotice?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How a build lints its Dockerfile: configuration, threshold, baseline, and what ShellCheck found in it.
 * @throws BuildError as readLintConfig, readBaseline and shellcheckFiles
 */
export async function lintRequest(
  { lint, buildArgs }: BuildOptions,
  dockerfile: { readonly path: string; readonly text: string },
  dockerignore: string | undefined,
  { environment, onNotice, signal }: LintSurroundings,
): Promise<BuildRequest['lint']> {
  if (!lint.enabled) return { enabled: false, failOn: 'none', config: {} };
  const baseline = lint.baseline === undefined ? undefined : readBaseline(lint.baseline);
  const config = await readLintConfig({
    ...lint,
    environment,
    buildArgs,
    dockerignore,
    given: { folder: baselineFolder() },
  });
  const parsed = parseDockerfile(dockerfile.text, dockerfile.path, buildArgs);
  const [external = []] = await shellcheckFiles([{ parsed, config }], {
    mode: lint.shellcheck,
    environment,
    signal,
    ...(onNotice === undefined ? {} : { onNotice }),
  });
  const complete = { ...config, external };
  if (baseline !== undefined) {
    const file = { ...dockerfile, diagnostics: findingsIn(parsed, complete) };
    againstBaseline(baseline, [file], onNotice ?? (() => undefined));
  }
  return {
    enabled: true,
    failOn: lint.failOn ?? thresholdIn(config),
    config:
      baseline === undefined
        ? complete
        : { ...complete, baseline: new Set(baseline.entries.map(({ fingerprint }) => fingerprint)) },
  };
}

function thresholdIn({ noFail, failureThreshold }: LintConfig): BuildRequest['lint']['failOn'] {
  if (noFail === true) return 'none';
  // hadolint's word for: whatever is told.
  return failureThreshold === 'ignore' ? 'style' : (failureThreshold ?? 'warning');
}
