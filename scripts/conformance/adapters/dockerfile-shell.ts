import { type ExpandOptions, expandWord, processWords } from '../../../src/dockerfile/expand.ts';
import { type PatternToken, readPattern, reversePattern } from '../../../src/dockerfile/expand-pattern.ts';
import { type Adapter, type Case, fail, type Outcome, skip } from '../adapter.ts';
import { mustFail, mustWork } from '../attempt.ts';
import { equal } from '../difference.ts';
import { checkExpectations } from '../expectations.ts';
import { isObject, type Json, objects, strings, text, variables } from '../json-shape.ts';

function options(json: Json): ExpandOptions {
  return { escape: json['escape'] === '`' ? '`' : '\\' };
}

const PLATFORMS = new Set(['all', 'linux', 'unix']);

function* wordCases(table: Json): Iterable<Case> {
  const env = variables(table['env']);
  for (const one of objects(table['cases'])) {
    const word = text(one['word']);
    const expand = (): string => expandWord(word, env, options(table)).value;
    yield {
      id: `envVarTest/${one['line']}`,
      run: () => {
        if (!PLATFORMS.has(text(one['platform']))) return skip('names of variables on another platform');
        return one['error'] === true
          ? mustFail(expand)
          : mustWork(expand, (value) => equal(value, one['expect']));
      },
    };
  }
}

function* splitCases(table: Json): Iterable<Case> {
  for (const one of objects(table['cases'])) {
    const split = (): readonly string[] =>
      processWords(text(one['text']), variables(one['env']), options(table));
    yield {
      id: `wordsTest/${one['line']}`,
      run: () =>
        one['error'] === true
          ? mustFail(split)
          : mustWork(split, (words) => equal(words, one['expect'] ?? [])),
    };
  }
}

function matchCase(one: Json, index: number): Case {
  const expand = () => expandWord(text(one['word']), variables(one['env']));
  const run = (): Outcome => {
    if (one['error'] === true) return mustFail(expand);
    return mustWork(expand, ({ value, matched, unmatched }) =>
      equal(
        { value, matched: [...matched].sort(), unmatched: [...unmatched].sort() },
        { value: one['expect'], matched: sorted(one['matched']), unmatched: sorted(one['unmatched']) },
      ),
    );
  };
  return { id: `processWithMatches/${index}`, run };
}

function sorted(value: unknown): string[] {
  return [...strings(value)].sort();
}

/** Our pattern, written as the greedy anchored expression that the reference makes of it. */
function expressionOf(tokens: readonly PatternToken[]): string {
  const parts = tokens.map((token) => {
    if (token.kind === 'any') return '.*';
    if (token.kind === 'one') return '.';
    return token.char.replace(/[[\]{}.+()|^$*?\\]/, '\\$&');
  });
  return `^${parts.join('')}`;
}

function* patternCases(table: Json): Iterable<Case> {
  for (const [pattern, expected] of Object.entries(isObject(table['valid']) ? table['valid'] : {})) {
    const run = (): Outcome => {
      const tokens = readPattern(pattern);
      return tokens === undefined ? fail('was refused') : equal(expressionOf(tokens), expected);
    };
    yield { id: `patternToRegex/${pattern}`, run };
  }
  for (const pattern of strings(table['invalid'])) {
    yield { id: `patternToRegex/${pattern}`, run: () => equal(readPattern(pattern), undefined) };
  }
}

function probeCase(one: Json): Case {
  const input = isObject(one['input']) ? one['input'] : {};
  const expand = (): Json => {
    const { value, words, matched, unmatched } = expandWord(
      text(input['word']),
      variables(input['env']),
      options(input),
    );
    return {
      result: value,
      Result: value,
      Words: words.map((word) => word.value),
      Matched: [...matched].sort(),
      Unmatched: [...unmatched].sort(),
    };
  };
  const run = (): Outcome => {
    if (one['ok'] !== false)
      return mustWork(expand, (subjects) => checkExpectations(subjects, one['expect']));
    const texts = strings(one['error']);
    try {
      expand();
      return fail('was accepted, should fail');
    } catch (error) {
      // These are words of the Dockerfile's author, so they must come through.
      const message = error instanceof Error ? error.message : '';
      return equal(
        texts.filter((part) => !message.includes(part)),
        [],
      );
    }
  };
  return { id: text(one['id']), run };
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json)) return;
  yield* objects(json['probes'])
    .filter((one) => one['kind'] === 'processWord')
    .map(probeCase);
  if (isObject(json['envVarTest'])) yield* wordCases(json['envVarTest']);
  if (isObject(json['wordsTest'])) yield* splitCases(json['wordsTest']);
  yield* objects(json['processWithMatches']).map(matchCase);
  if (isObject(json['patternToRegex'])) yield* patternCases(json['patternToRegex']);
  for (const [pattern, expected] of Object.entries(
    isObject(json['reversePattern']) ? json['reversePattern'] : {},
  )) {
    yield { id: `reversePattern/${pattern}`, run: () => equal(reversePattern(pattern), expected) };
  }
}

export const adapter: Adapter = {
  name: 'dockerfile-shell',
  recognises: (_, json) =>
    isObject(json) &&
    (isObject(json['envVarTest']) ||
      isObject(json['wordsTest']) ||
      isObject(json['patternToRegex']) ||
      Array.isArray(json['processWithMatches']) ||
      objects(json['probes']).some((one) => one['kind'] === 'processWord')),
  cases,
};
