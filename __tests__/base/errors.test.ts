import { expect, test } from '@jest/globals';
import { BuildError, reasonOf, reasonWithHint, toBuildError } from '../../src/base/errors.ts';

test('a host of which all addresses refuse is told with each reason', () => {
  const causes = ['connect ECONNREFUSED ::1:9', 'connect ECONNREFUSED 127.0.0.1:9'].map(
    (text) => new TypeError(text),
  );
  expect(reasonOf(new AggregateError(causes, ''))).toBe(
    'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9',
  );
});

test.each([
  ['ENOSPC', 'NO_SPACE', 'There is no space left on the disk'],
  ['EDQUOT', 'NO_SPACE', 'The disk quota is used up'],
  ['EROFS', 'READ_ONLY', 'The file system can only be read'],
  ['EMFILE', 'TOO_MANY_FILES', 'This process has too many files open'],
])('%s is the fault of the machine, not ours, and told in words', (code, told, words) => {
  const thrown = Object.assign(new Error(`${code}: refused, write`), { code });
  expect(toBuildError(thrown)).toMatchObject({
    kind: 'environment',
    code: told,
    message: `${words} (${code}: refused, write)`,
    hint: expect.anything(),
  });
});

test('what nobody thought of is a fault of ours', () => {
  expect(toBuildError(Object.assign(new Error('x'), { code: 'EBADF' }))).toMatchObject({ kind: 'bug' });
  expect(toBuildError('x')).toMatchObject({ kind: 'bug', code: 'UNEXPECTED' });
});

test('a time that ran out is told in our words', async () => {
  const signal = AbortSignal.timeout(0);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  expect(reasonOf(signal.reason)).toBe('there was no answer in time');
});

test('what to do stands behind what happened', () => {
  const facts = { kind: 'remote', code: 'DENIED', message: 'pushing was denied' } as const;
  expect(reasonWithHint(new BuildError({ ...facts, hint: 'Ask the owner.' }))).toBe(
    'pushing was denied. Ask the owner.',
  );
  expect(reasonWithHint(new BuildError(facts))).toBe('pushing was denied');
  expect(reasonWithHint('no')).toBe('no');
});
