import type { ParseResult } from '../../../src/dockerfile/ast.ts';
import type { Diagnostic } from '../../../src/dockerfile/diagnostic.ts';
import { type LintConfig, mergeConfigs } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { readOrphans } from '../../../src/dockerfile/lint/orphans.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { type Adapter, type Case, fail, type Outcome, pass } from '../adapter.ts';
import { isObject, type Json, listOf, objects, text } from '../json-shape.ts';

/** hadolint.oracle.json: a rule fires on these lines, or is silent. */
export const adapter: Adapter = {
  name: 'hadolint-oracle',
  recognises: (_name, json) => listOf(json, 'rule', 'kind', 'dockerfile', 'findings'),
  *cases(json) {
    for (const one of objects(json)) yield oracleCase(one);
  },
};

function oracleCase(one: Json): Case {
  return { id: text(one['id']), run: () => check(one) };
}

function check(one: Json): Outcome {
  const parsed = parseDockerfile(text(one['dockerfile']), 'Dockerfile');
  const rule = text(one['rule']);
  const found = lint(parsed, readConfig(one['config'])).filter((diagnostic) => isOf(diagnostic, rule));
  const lines = instructionLines(parsed, found);
  if (one['kind'] === 'silent')
    return lines.length === 0 ? pass : fail(`${rule} fires on line ${lines.join(', ')}`);
  const expected = (one['expectedLines'] as number[]).join(', ');
  const actual = lines.join(', ');
  return actual === expected ? pass : fail(`${rule} fires on [${actual}], expected [${expected}]`);
}

/** `SC*` and `*` stand for all of their kind. */
function isOf({ rule, aliases }: Diagnostic, wanted: string): boolean {
  const ids = [rule, ...aliases];
  if (wanted === '*') return ids.some((id) => /^(?:DL|SC)\d/.test(id));
  return wanted === 'SC*' ? ids.some((id) => id.startsWith('SC')) : ids.includes(wanted);
}

/** hadolint tells an instruction's first line, we the very place: the line of the instruction around it. */
export function instructionLines(parsed: ParseResult, found: readonly Diagnostic[]): readonly number[] {
  const starts = [
    ...parsed.file.globalArgs,
    ...parsed.file.stages.flatMap(({ from, instructions }) => [from, ...instructions]),
    ...readOrphans(parsed),
  ];
  const lines = found.map(({ at }) => {
    const around = starts.find(
      (one) => one.at.start.line <= at.start.line && at.start.line <= one.at.end.line,
    );
    return around?.at.start.line ?? at.start.line;
  });
  return [...new Set(lines)].sort((one, other) => one - other);
}

function readConfig(value: unknown): LintConfig {
  if (!isObject(value)) return {};
  const keys: Record<string, string> = { 'label-schema': 'labelSchema', 'strict-labels': 'strictLabels' };
  const config = Object.fromEntries(Object.entries(value).map(([key, one]) => [keys[key] ?? key, one]));
  return mergeConfigs(config as LintConfig);
}
