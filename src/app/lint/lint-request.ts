import { type BuildError, noted, throwAll } from '../../base/errors.ts';
import type { LintConfig } from '../../dockerfile/lint/config.ts';
import { lint as findingsIn } from '../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { BuildRequest } from '../../engine/engine.ts';
import type { BuildOptions } from '../build-options.ts';
import { againstBaseline, type BaselineFile, baselineFolder, readBaseline } from './baseline-file.ts';
import { readLintConfig } from './lint-config.ts';
import { shellcheckFiles } from './shellcheck.ts';

export interface LintSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onNotice?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a build's linter goes by besides the Dockerfile. */
export interface LintSettings {
  readonly config: LintConfig;
  readonly baseline: BaselineFile | undefined;
}

/**
 * Reads the files that tell how to lint; undefined: nothing is linted.
 * @throws BuildErrors what is wrong with any of them, as readLintConfig and readBaseline
 */
export async function lintSettings(
  { lint, buildArgs }: Pick<BuildOptions, 'lint' | 'buildArgs'>,
  environment: LintSurroundings['environment'],
): Promise<LintSettings | undefined> {
  if (!lint.enabled) return undefined;
  const errors: BuildError[] = [];
  const given = { folder: baselineFolder() };
  const [baseline, config] = [
    await noted(errors, () => (lint.baseline === undefined ? undefined : readBaseline(lint.baseline))),
    await noted(errors, () => readLintConfig({ ...lint, environment, buildArgs, given })),
  ];
  throwAll(errors);
  return { config: config ?? {}, baseline };
}

/**
 * How a build lints its Dockerfile: configuration, threshold, baseline, and what ShellCheck found in it.
 * @throws BuildError as shellcheckFiles
 */
export async function lintRequest(
  settings: LintSettings | undefined,
  { lint, buildArgs }: Pick<BuildOptions, 'lint' | 'buildArgs'>,
  dockerfile: { readonly path: string; readonly text: string },
  dockerignore: string | undefined,
  { environment, onNotice, signal }: LintSurroundings,
): Promise<BuildRequest['lint']> {
  if (settings === undefined) return { enabled: false, failOn: 'none', config: {} };
  const { baseline } = settings;
  const config = dockerignore === undefined ? settings.config : { ...settings.config, dockerignore };
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
