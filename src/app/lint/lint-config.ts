import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type LintConfig, mergeConfigs } from '../../dockerfile/lint/config.ts';
import { environmentConfig } from '../../dockerfile/lint/config-environment.ts';
import { unknownRules } from '../../dockerfile/lint/unknown-rules.ts';
import { badInput } from '../options/problems.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** hadolint's search places, the first that is there. */
export function lintConfigPath(
  environment: Environment,
  homeOfUser: () => string = homedir,
): string | undefined {
  const home = environment['HOME'] || orNothing(homeOfUser);
  const folder = environment['XDG_CONFIG_HOME'] || (home && join(home, '.config'));
  const own = ['hadolint', 'config', ''].map((name) => home && join(home, '.hadolint', name));
  const places = ['.hadolint', folder && join(folder, 'hadolint'), ...own].filter((one) => one !== undefined);
  return places.flatMap((place) => [`${place}.yaml`, `${place}.yml`]).find((path) => existsSync(path));
}

/** Nobody knows the user in containers that are run as any number. */
function orNothing(home: () => string): string | undefined {
  try {
    return home();
  } catch {
    return undefined;
  }
}

/** The text of a configuration file; undefined when none was named and none is found. @throws BuildError `BAD_INPUT` */
export function lintConfigText(
  path: string | undefined,
  environment: Environment,
): { readonly path: string; readonly text: string } | undefined {
  const found = path ?? lintConfigPath(environment);
  if (found === undefined) return undefined;
  try {
    return { path: found, text: readFileSync(found, 'utf8') };
  } catch (cause) {
    throw badInput(`the lint configuration ${found} cannot be read: ${(cause as Error).message}`);
  }
}

export interface LintConfigRequest {
  readonly ignore: readonly string[];
  /** Path of a configuration file; default: hadolint's search places. */
  readonly config?: string;
  readonly environment: Environment;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly dockerignore?: string | undefined;
  /** Further settings of the command line. */
  readonly given?: LintConfig;
}

/**
 * What the linter goes by: the environment's settings, then the configuration file, then what was asked for, as hadolint merges them. What in
 * it means nothing is among its `remarks`.
 * @throws BuildError `BAD_INPUT` for a named file that cannot be read, `BAD_LINT_CONFIG`
 */
export async function readLintConfig(request: LintConfigRequest): Promise<LintConfig> {
  const remarks: string[] = [];
  const outer = environmentConfig(request.environment, (variable, message) => {
    remarks.push(`${variable} is left out: ${message}`);
  });
  const file = lintConfigText(request.config, request.environment);
  // Loaded only where there is a file: the YAML reader costs start-up time.
  const inner =
    file === undefined
      ? {}
      : (await import('../../dockerfile/lint/config-file.ts')).parseConfigFile(file.text, file.path);
  const config = mergeConfigs(outer, inner, request.given ?? {}, {
    ...(request.ignore.length === 0 ? {} : { ignored: request.ignore }),
    ...(request.buildArgs === undefined ? {} : { buildArgs: request.buildArgs }),
    ...(request.dockerignore === undefined ? {} : { dockerignore: request.dockerignore }),
  });
  for (const key of config.unknownKeys ?? []) remarks.push(`${file?.path}: unknown key ${key}`);
  for (const id of unknownRules(config)) remarks.push(`unknown rule ${id}`);
  return remarks.length === 0 ? config : { ...config, remarks };
}
