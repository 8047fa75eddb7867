import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { type Adapter, type Case, fail, type Outcome, pass, skip } from '../adapter.ts';
import { isObject, type Json, listOf, objects, text, variables } from '../json-shape.ts';
import { instructionLines } from './hadolint-oracle.ts';

/** dockerfile-lint.json: BuildKit's warnings in a check of all stages. */
export const adapter: Adapter = {
  name: 'dockerfile-lint',
  recognises: (_name, json) =>
    isObject(json) && isObject(json['format']) && listOf(json['cases'], 'dockerfile', 'warnings'),
  *cases(json) {
    for (const one of objects((json as Json)['cases'])) yield lintCase(one);
  },
};

function lintCase(one: Json): Case {
  return { id: text(one['id']), run: () => check(one) };
}

function check(one: Json): Outcome {
  const parsed = parseDockerfile(text(one['dockerfile']), 'Dockerfile');
  const diagnostics = lint(parsed, configOf(one));
  // The lines of a check are not asserted by the test they come from, and some are wrong.
  const lines = one['checkWarnings'] === undefined;
  const actual = diagnostics.flatMap((diagnostic) => {
    const names = [diagnostic.rule, ...diagnostic.aliases].filter((id) => !/\d$/.test(id));
    // An empty line is told where it is, everything else where its instruction begins.
    const [first = 0] = instructionLines(parsed, [diagnostic]);
    const line = diagnostic.rule === 'NoEmptyContinuation' ? diagnostic.at.start.line : first;
    return names.map((name) => (lines ? `${line} ${name}` : name));
  });
  const warnings = objects(one['checkWarnings'] ?? one['warnings']);
  if (warnings.some((warning) => warning['rule'] === 'InvalidBaseImagePlatform')) {
    return skip('needs the base image: told by the build, not by the linter');
  }
  const expected = warnings.map((warning) => (lines ? `${warning['line']} ` : '') + text(warning['rule']));
  const difference = compare(actual, expected);
  if (difference !== undefined) return fail(difference);
  // `error=true` makes the check fail, which here is the severity of what it finds.
  const violated = /^lint violation found for rules: (.*)$/.exec(text(one['error']))?.[1]?.split(', ') ?? [];
  const mild = diagnostics.find(
    ({ rule, aliases, severity }) =>
      severity !== 'error' && [rule, ...aliases].some((id) => violated.includes(id)),
  );
  return mild === undefined ? pass : fail(`${mild.rule} is ${mild.severity}, expected error`);
}

function compare(actual: readonly string[], expected: readonly string[]): string | undefined {
  const [one, other] = [actual, expected].map((list) => [...list].sort().join('; '));
  return one === other ? undefined : `found [${one}], expected [${other}]`;
}

function configOf(one: Json): LintConfig {
  const buildArgs = [...variables(one['attrs'])]
    .filter(([key]) => key.startsWith('build-arg:'))
    .map(([key, value]) => [key.slice('build-arg:'.length), value]);
  return {
    buildArgs: Object.fromEntries(buildArgs),
    ...(typeof one['dockerignore'] === 'string' ? { dockerignore: one['dockerignore'] } : {}),
  };
}
