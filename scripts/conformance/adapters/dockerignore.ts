import { ignoreMatcher, readIgnoreFile } from '../../../src/dockerfile/ignore.ts';
import { readIgnorePattern } from '../../../src/dockerfile/ignore-pattern.ts';
import { matchPattern } from '../../../src/dockerfile/match.ts';
import { type Adapter, type Case, fail, type Outcome, skip } from '../adapter.ts';
import { attempt, mustFail, mustWork } from '../attempt.ts';
import { equal } from '../difference.ts';
import { checkExpectations } from '../expectations.ts';
import { isObject, type Json, listOf, objects, strings, text } from '../json-shape.ts';

function matchCase(one: Json, index: number): Case {
  const excluded = (): boolean => ignoreMatcher(strings(one['patterns'])).excludes(text(one['path']));
  const run = (): Outcome =>
    'error' in one ? mustFail(excluded) : mustWork(excluded, (value) => equal(value, one['expected']));
  return { id: `match/${index}`, run };
}

function withError(one: Json): boolean {
  return typeof one['error'] === 'string' && one['error'] !== '';
}

/** A pattern alone: through the ignore matcher, where a parent counts too, and through path matching, where only the whole name does. */
function fileMatchCase(one: Json, index: number): Case {
  const pattern = text(one['pattern']);
  const path = text(one['path']);
  const run = (): Outcome => {
    if (withError(one)) {
      const viaIgnore = mustFail(() => ignoreMatcher([pattern]).excludes(path));
      return viaIgnore.kind === 'pass' ? mustFail(() => matchPattern(pattern, path)) : viaIgnore;
    }
    return mustWork(
      () => ignoreMatcher([pattern]).excludes(path),
      (value) => equal(value, one['expected']),
    );
  };
  return { id: `fileMatch/${index}`, run };
}

/** The reference's expression is its own business; that a pattern can be used at all is not. */
function compileCase(one: Json, index: number): Case {
  const run = (): Outcome => {
    const result = attempt(() => readIgnorePattern(text(one['pattern'])));
    return 'error' in result
      ? fail(`was refused: ${result.error.message}`)
      : skip('the expression that a pattern is compiled to is internal');
  };
  return { id: `compile/${index}`, run };
}

function probeCase(one: Json): Case {
  const input = isObject(one['input']) ? one['input'] : {};
  const patterns = strings(input['patterns']);
  const run = (): Outcome => {
    if (one['kind'] === 'matches') {
      const excluded = (): boolean => ignoreMatcher(patterns).excludes(text(input['path']));
      if (one['ok'] === false) return mustFail(excluded);
      return mustWork(excluded, (match) => checkExpectations({ match }, one['expect']));
    }
    if (one['kind'] !== 'new') return skip(`probes of kind ${text(one['kind'])} look inside the reference`);
    if (one['ok'] === false) return mustFail(() => ignoreMatcher(patterns));
    return newProbe(one, patterns);
  };
  return { id: text(one['id']), run };
}

/** The reference finds some bad patterns at the first match only; ours refuses them at once, which is what is asked of that match. */
function newProbe(one: Json, patterns: readonly string[]): Outcome {
  const refusedLater = objects(one['expect']).some((expectation) =>
    text(expectation['subject']).startsWith('err'),
  );
  if (refusedLater) return mustFail(() => ignoreMatcher(patterns));
  return mustWork(
    () => ignoreMatcher(patterns),
    (matcher) => {
      const wanted = objects(one['expect']).find(
        (expectation) => expectation['subject'] === 'matcher.Exclusions()',
      );
      return wanted === undefined
        ? skip('fields of the matcher are internal')
        : equal(matcher.hasExceptions, wanted['op'] === 'true');
    },
  );
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json)) return;
  yield* objects(json['match']).map(matchCase);
  yield* objects(json['fileMatch']).map(fileMatchCase);
  yield* objects(json['compile']).map(compileCase);
  yield* objects(json['probes']).map(probeCase);
  for (const [index, one] of objects(json['ignorefile']).entries()) {
    yield { id: `ignorefile/${index}`, run: () => equal(readIgnoreFile(text(one['text'])), one['expected']) };
  }
}

export const adapter: Adapter = {
  name: 'dockerignore',
  recognises: (_, json) =>
    isObject(json) &&
    (listOf(json['match'], 'patterns', 'path') ||
      listOf(json['fileMatch'], 'pattern', 'path') ||
      listOf(json['ignorefile'], 'text', 'expected') ||
      objects(json['probes']).some((one) => ['matches', 'new'].includes(text(one['kind'])))),
  cases,
};
