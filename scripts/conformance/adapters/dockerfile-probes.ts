import type { BuildError } from '../../../src/base/errors.ts';
import type { Stage } from '../../../src/dockerfile/ast.ts';
import { expandWord } from '../../../src/dockerfile/expand.ts';
import { ignoreMatcher, readIgnoreFile } from '../../../src/dockerfile/ignore.ts';
import type { Node } from '../../../src/dockerfile/node.ts';
import { parseDockerfile, readNodes } from '../../../src/dockerfile/parse.ts';
import { readSource } from '../../../src/dockerfile/source.ts';
import { type Adapter, type Case, fail, type Outcome, pass } from '../adapter.ts';
import { mustFail, mustWork } from '../attempt.ts';
import { difference, equal } from '../difference.ts';
import { docComment, instructionJson } from '../instruction-json.ts';
import { isObject, type Json, listOf, objects, strings, text, variables } from '../json-shape.ts';
import { commentText, dumpNodes, flagTexts } from '../node-dump.ts';

function expectOf(one: Json): Json {
  return isObject(one['expect']) ? one['expect'] : {};
}

/** The reference finds these before it counts the line that they are on. */
const BEFORE_COUNTING: ReadonlySet<string> = new Set([
  'BAD_ESCAPE_DIRECTIVE',
  'DUPLICATE_DIRECTIVE',
  'LINE_TOO_LONG',
]);

/** Some problem lies on one of the lines. The reference counts from 0 where it has read no line yet. */
function failsOn(problems: readonly BuildError[], errorLines: unknown): Outcome {
  if (problems.length === 0) return fail('was accepted, should fail');
  const lines = Array.isArray(errorLines) ? errorLines.map((line) => Math.max(Number(line), 1)) : [];
  const found = problems.map((problem) => problem.at?.start.line ?? 0);
  const counted = problems.flatMap((problem, index) => {
    const line = found[index] ?? 0;
    return BEFORE_COUNTING.has(problem.code) ? [line, line - 1] : [line];
  });
  if (lines.length === 0 || counted.some((line) => lines.includes(line))) return pass;
  return fail(`fails on line ${found.join(', ')}, expected ${lines.join(', ')}`);
}

function nodeJson(node: Node): Json {
  const heredocs = node.heredocs.map(({ name, fd, expand, chomp, content }) => ({
    Name: name,
    FileDescriptor: fd,
    Expand: expand,
    Chomp: chomp,
    Content: content,
  }));
  const flags = flagTexts(node);
  const comments = node.comments.map(commentText);
  return {
    lines: [node.startLine, node.endLine],
    original: node.line.value,
    value: node.keyword.value,
    json: isJson(node) || undefined,
    flags: flags.length === 0 ? undefined : flags,
    heredocs: heredocs.length === 0 ? undefined : heredocs,
    comments: comments.length === 0 ? undefined : comments,
  };
}

function isJson({ operands }: Node): boolean {
  return operands.form === 'array' || (operands.form === 'check' && operands.command.form === 'array');
}

function parseCase(one: Json): Case {
  const run = (): Outcome => {
    const expect = expectOf(one);
    const {
      nodes,
      problems,
      warnings,
      escape: escapeChar,
    } = readNodes(readSource(text(one['text']), 'Dockerfile'));
    if ('error' in expect) return failsOn(problems, expect['errorLines']);
    const [problem] = problems;
    if (problem !== undefined) return fail(`was refused: ${problem.message}`);
    const expectedWarnings = objects(expect['warnings']).map((warning) => warning['line']);
    return equal(
      {
        children: nodes.map(nodeJson),
        dump: dumpNodes(nodes),
        escape: escapeChar,
        warnings: warnings.map((warning) => warning.at.start.line),
      },
      {
        children: expect['children'],
        dump: expect['dump'],
        escape: expect['escape'],
        warnings: expectedWarnings,
      },
    );
  };
  return { id: text(one['id']), run };
}

function stageJson(stage: Stage): Json {
  const commands = stage.instructions.map(instructionJson);
  const doc = stage.name === undefined ? '' : docComment(stage.from, stage.name);
  return {
    base: stage.from.image.value,
    name: stage.name,
    platform: stage.from.platform?.value,
    doc: doc === '' ? undefined : doc,
    commands: commands.length === 0 ? null : commands,
  };
}

/**
 * Two results are the same whatever the spelling of their keys and whether an unset switch is told or left out. Wording of errors is
 * ours, so only that there is one counts.
 */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized);
  if (!isObject(value)) return value === false ? undefined : value;
  const entries = Object.entries(value).map(([key, one]) => [
    key.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase(),
    key === 'mountError' ? 'some' : normalized(one),
  ]);
  return Object.fromEntries(entries);
}

function instructionsCase(one: Json): Case {
  const run = (): Outcome => {
    const expect = expectOf(one);
    const { file, problems } = parseDockerfile(text(one['text']), 'Dockerfile');
    if ('error' in expect) return failsOn(problems, expect['errorLines']);
    // A file of ARGs alone is an error of a later step in the reference.
    const [problem] = problems.filter(({ code }) => code !== 'NO_STAGES');
    if (problem !== undefined) return fail(`was refused: ${problem.message}`);
    return equal(normalized(file.stages.map(stageJson)), normalized(expect['stages'] ?? []));
  };
  return { id: text(one['id']), run };
}

function wordCase(one: Json): Case {
  const expand = () =>
    expandWord(text(one['text']), variables(one['env']), {
      escape: one['escape'] === '`' ? '`' : '\\',
      rawQuotes: one['RawQuotes'] === true,
      rawEscapes: one['RawEscapes'] === true,
      skipUnset: one['SkipUnset'] === true,
      ignoreQuotes: one['SkipProcessQuotes'] === true,
    });
  const run = (): Outcome => {
    const expect = expectOf(one);
    if ('error' in expect) return mustFail(expand);
    return mustWork(expand, ({ value, words, unmatched }) =>
      equal(
        { result: value, words: words.map((word) => word.value), unmatched: [...unmatched].sort() },
        { result: expect['result'], words: expect['words'] ?? [], unmatched: expect['unmatched'] ?? [] },
      ),
    );
  };
  return { id: text(one['id']), run };
}

function ignoreCase(one: Json): Case {
  const run = (): Outcome => {
    const expect = expectOf(one);
    const args = isObject(one['args']) ? one['args'] : {};
    const file = args['file'];
    const patterns = typeof file === 'string' ? readIgnoreFile(file) : strings(one['patterns']);
    const excluded = (): boolean => ignoreMatcher(patterns).excludes(text(one['text']));
    if ('error' in expect) return mustFail(excluded);
    const differs = 'patterns' in expect ? difference(patterns, expect['patterns']) : undefined;
    if (differs !== undefined) return fail(`patterns ${differs}`);
    return mustWork(excluded, (value) => equal(value, expect['excluded']));
  };
  return { id: text(one['id']), run };
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json)) return;
  yield* objects(json['parse']).map(parseCase);
  yield* objects(json['instructions']).map(instructionsCase);
  yield* objects(json['word']).map(wordCase);
  yield* objects(json['ignore']).map(ignoreCase);
}

export const adapter: Adapter = {
  name: 'dockerfile-probes',
  recognises: (_, json) =>
    isObject(json) &&
    ['parse', 'instructions', 'word', 'ignore'].some((section) => listOf(json[section], 'text', 'expect')),
  cases,
};
