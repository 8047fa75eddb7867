import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParseResult } from '../../../src/dockerfile/ast.ts';
import type { Diagnostic } from '../../../src/dockerfile/diagnostic.ts';
import { baseVariables } from '../../../src/dockerfile/lint/base-variables.ts';
import { makeContext } from '../../../src/dockerfile/lint/context.ts';
import { fromImage } from '../../../src/dockerfile/lint/from-image.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { RULES } from '../../../src/dockerfile/lint/rules.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { type Adapter, type Case, fail, type Outcome, pass } from '../adapter.ts';
import { isObject, type Json, objects, strings, text } from '../json-shape.ts';
import { instructionLines } from './hadolint-oracle.ts';

/** A rule on a line, found by one side only. `detail` is the reference's message, where it has one. */
interface Disagreement {
  readonly side: 'ours' | 'theirs';
  readonly rule: string;
  readonly line: number;
  readonly detail: string;
}

/** What is known about the file when a disagreement is judged. */
interface Facts {
  readonly parsed: ParseResult;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** The numbers are those of docs/lint-differences.md. */
const DIFFERENCES: readonly ((one: Disagreement, facts: Facts) => boolean)[] = [
  // 1. FROM through ARG defaults.
  ({ side, rule, line }, facts) =>
    /^DL300[67]$/.test(rule) &&
    /\$/.test(instructionText(facts, line)) &&
    (side === 'ours' || namesStage(facts, line)),
  // 2. Commands behind sudo, env, xargs, sh -c and full paths.
  ({ side, rule, line }, facts) =>
    side === 'ours' &&
    /^DL[34]/.test(rule) &&
    /\b(?:sudo|env|xargs|nohup|nice|timeout|gosu|sh -\w*c)\b|\/bin\//.test(instructionText(facts, line)),
  // 3. What cannot be read is DL1000, and no rule looks at it.
  ({ side, line }, facts) => side === 'theirs' && facts.ours.includes(`DL1000 ${line}`),
  // 4. All names of an ARG count.
  ({ side, rule }, { parsed }) =>
    side === 'theirs' &&
    /^SC2(?:086|153|154)$/.test(rule) &&
    /^\s*ARG\s+[^\s#]+[ \t]+[^\s#\\]/im.test(parsed.file.text),
  // 5. Variables of well-known base images.
  ({ side, rule, detail }, facts) =>
    side === 'theirs' &&
    rule === 'UndefinedVar' &&
    knownVariables(facts).includes(/\$(\w+)/.exec(detail)?.[1] ?? ''),
  // 6. Windows.
  ({ side, rule, line }, facts) =>
    side === 'theirs' &&
    ((rule === 'WorkdirRelativePath' && /WORKDIR\s+["']?[a-z]:/i.test(instructionText(facts, line))) ||
      (/^(?:SC|DL4006)/.test(rule) && facts.parsed.file.directives.escape === '`')),
  // 7. ShellCheck's codes: those that we know, and all of them instead of one a line.
  ({ side, rule, line }, { ours, theirs }) => {
    if (!rule.startsWith('SC')) return false;
    if (side === 'ours') return theirs.some((one) => one.startsWith('SC') && one.endsWith(` ${line}`));
    return !RULES.some(({ id }) => id === rule) || ours.includes(`SC1072 ${line}`);
  },
  // 8. pipefail in the script, or in the SHELL of the stage below.
  ({ side, rule, line }, facts) =>
    side === 'theirs' &&
    rule === 'DL4006' &&
    (/set\s+-\S*o\s+pipefail/.test(instructionText(facts, line)) ||
      /^\s*SHELL.*pipefail/im.test(facts.parsed.file.text)),
  // 8. echo by its full path is no builtin.
  ({ side, rule, line }, facts) =>
    side === 'theirs' && /^SC(?:2028|3037)$/.test(rule) && /\/bin\/echo/.test(instructionText(facts, line)),
];

function instructionText({ parsed }: Facts, line: number): string {
  const all = parsed.file.stages.flatMap(({ from, instructions }) => [from, ...instructions]);
  const found = all.find(({ at }) => at.start.line === line)?.at;
  return found === undefined ? '' : parsed.file.text.slice(found.start.offset, found.end.offset);
}

function namesStage({ parsed }: Facts, line: number): boolean {
  const context = makeContext(parsed, {}, false, { scripts: new Map(), ruleIds: new Set() });
  const stage = context.stages.find(({ from }) => from?.at.start.line === line);
  return stage?.parent !== undefined;
}

function knownVariables({ parsed }: Facts): readonly string[] {
  const context = makeContext(parsed, {}, false, { scripts: new Map(), ruleIds: new Set() });
  return context.stages.flatMap((stage) => baseVariables(fromImage(context, stage)?.name ?? ''));
}

async function* cases(json: unknown): AsyncIterable<Case> {
  if (!isObject(json)) return;
  const folder = text(json['archive']);
  const checks = new Map((await lines(folder, 'buildkit.jsonl')).map((one) => [text(one['file']), one]));
  for (const recorded of await lines(folder, 'hadolint.jsonl')) {
    const file = text(recorded['file']);
    yield { id: `lint/${file}`, run: () => compare(folder, file, recorded, checks.get(file) ?? {}) };
  }
}

async function lines(folder: string, name: string): Promise<readonly Json[]> {
  const all = (await readFile(join(folder, name), 'utf8')).split('\n');
  return all.filter((line) => line !== '').map((line) => JSON.parse(line) as Json);
}

async function compare(folder: string, file: string, hadolint: Json, buildkit: Json): Promise<Outcome> {
  const parsed = parseDockerfile(await readFile(join(folder, file), 'utf8'), file);
  const findings = objects(hadolint['findings']);
  const unread = findings.some(({ code }) => code === 'DL1000');
  const refused = buildkit['error'] !== undefined;
  // A reference that gave up says nothing about the rest of its rules.
  const judged = (rule: string) => {
    if (rule === 'DL1000' || rule.startsWith('TSIB')) return false;
    return /\d$/.test(rule) ? !unread : !refused;
  };
  const details = new Map<string, string>();
  for (const one of findings) details.set(`${text(one['code'])} ${one['line']}`, '');
  for (const one of objects(buildkit['warnings'])) {
    const [range] = Array.isArray(one['lines']) ? one['lines'] : [];
    details.set(`${text(one['rule'])} ${Array.isArray(range) ? range[0] : 0}`, text(one['detail']));
  }
  const ours = lint(parsed).flatMap((diagnostic) => keysOf(parsed, diagnostic));
  const theirs = [...details.keys()];
  const facts: Facts = { parsed, ours, theirs };
  const disagreements = [
    ...[...new Set(ours)].filter((key) => !details.has(key)).map((key) => made('ours', key, '')),
    ...theirs.filter((key) => !ours.includes(key)).map((key) => made('theirs', key, details.get(key) ?? '')),
  ].filter((one) => judged(one.rule) && !DIFFERENCES.some((explains) => explains(one, facts)));
  if (disagreements.length === 0) return pass;
  return fail(
    disagreements.map(({ side, rule, line }) => `${rule} on line ${line} is ${side} alone`).join('; '),
  );
}

function keysOf(parsed: ParseResult, diagnostic: Diagnostic): readonly string[] {
  const [line = 0] = instructionLines(parsed, [diagnostic]);
  return [diagnostic.rule, ...diagnostic.aliases].map((id) => `${id} ${line}`);
}

function made(side: Disagreement['side'], key: string, detail: string): Disagreement {
  const [rule = '', line = ''] = key.split(' ');
  return { side, rule, line: Number(line), detail };
}

/** real-dockerfiles: findings of hadolint and BuildKit on files of the wild, up to the differences that we want. */
export const adapter: Adapter = {
  name: 'real-dockerfiles-lint',
  recognises: (_, json) =>
    isObject(json) &&
    typeof json['archive'] === 'string' &&
    strings(json['entries']).includes('hadolint.jsonl'),
  cases,
};
