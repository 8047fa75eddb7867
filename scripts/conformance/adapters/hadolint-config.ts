import { BuildError } from '../../../src/base/errors.ts';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { parseLintArguments } from '../../../src/dockerfile/lint/config-arguments.ts';
import { environmentConfig } from '../../../src/dockerfile/lint/config-environment.ts';
import { parseConfigFile } from '../../../src/dockerfile/lint/config-file.ts';
import { type Adapter, type Case, fail, type Outcome, pass } from '../adapter.ts';
import { equal } from '../difference.ts';
import { isObject, type Json, listOf, objects, strings, text, variables } from '../json-shape.ts';

/** hadolint-config.json: a file's text, an environment or a command line, and the configuration they make. */
export const adapter: Adapter = {
  name: 'hadolint-config',
  recognises: (_name, json) =>
    listOf(json, 'id', 'title') &&
    objects(json).some((one) => 'argv' in one || 'yaml' in one || 'env' in one),
  *cases(json) {
    for (const one of objects(json)) yield configCase(one);
  },
};

function configCase(one: Json): Case {
  return { id: text(one['id']), run: () => check(one) };
}

function check(one: Json): Outcome {
  const rejected = one['error'] !== undefined;
  try {
    const actual = read(one);
    if (rejected) return fail('was taken, expected to be refused');
    return equal(actual, one['expect']);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return rejected ? pass : fail(error.message);
  }
}

function read(one: Json): unknown {
  if (typeof one['yaml'] === 'string') return plain(parseConfigFile(one['yaml'], '.hadolint.yaml'));
  if (isObject(one['env'])) return plain(environmentConfig(Object.fromEntries(variables(one['env']))));
  const { config, version, configFile, files, output, filePathInReport } = parseLintArguments(
    strings(one['argv']),
  );
  const nothing = null;
  return {
    version,
    configFile: configFile ?? nothing,
    files,
    filePathInReport: filePathInReport ?? nothing,
    output,
    config: plain(config),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  labelSchema: 'label-schema',
  strictLabels: 'strict-labels',
  disableIgnorePragma: 'disable-ignore-pragma',
  failureThreshold: 'failure-threshold',
  noFail: 'no-fail',
  noColor: 'no-color',
};

/** Our names as the file spells them. */
function plain(config: LintConfig): Json {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [NAMES[key] ?? key, value]));
}
