import { expect, test } from '@jest/globals';
import { BuildError, BuildErrors } from '../../../src/base/errors.ts';
import { stepError } from '../../../src/engine/embedded/step-error.ts';

const start = { line: 1, column: 1, offset: 0 };
const at = { file: 'Dockerfile', start, end: start };
const missing = (name: string): BuildError =>
  new BuildError({
    kind: 'user',
    code: 'COPY_SOURCE_NOT_FOUND',
    message: `"/${name}": not found`,
    hint: 'do',
  });

test('what a trigger of the base fails with is told with the words of the trigger', () => {
  const vertex = { name: '[2/3] ONBUILD COPY a b /app/', at };
  expect(stepError(vertex, missing('a'))).toMatchObject({
    kind: 'user',
    code: 'COPY_SOURCE_NOT_FOUND',
    message: 'ONBUILD COPY a b /app/: "/a": not found',
    hint: 'do',
    at,
  });
  const both = stepError(vertex, new BuildErrors([missing('a'), missing('b')]));
  expect(both).toBeInstanceOf(BuildErrors);
  expect(both.message.split('\n').map((line) => line.slice(-15))).toEqual([
    '"/a": not found',
    '"/b": not found',
  ]);
  expect(stepError({ name: `[2/3] ONBUILD RUN ${'x'.repeat(200)}`, at }, missing('a')).message).toMatch(
    /^ONBUILD RUN x+…: /,
  );
});

test('any other step is told by its place', () => {
  expect(stepError({ name: '[2/3] RUN echo "] ONBUILD x"', at }, missing('a'))).toMatchObject({
    message: '"/a": not found',
    at,
  });
  const abort = new DOMException('SIGINT received', 'AbortError');
  expect(stepError({ name: '[2/3] ONBUILD RUN x', at }, abort)).toMatchObject({ code: 'CANCELLED' });
});
