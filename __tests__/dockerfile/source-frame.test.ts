import { expect, test } from '@jest/globals';
import { BuildError, BuildErrors } from '../../src/base/errors.ts';
import { rangeBetween, readSource } from '../../src/dockerfile/source.ts';
import { renderError, sourceFrame } from '../../src/dockerfile/source-frame.ts';

function frame(text: string, marked: string): string {
  const start = text.indexOf(marked);
  return sourceFrame(text, rangeBetween(readSource(text, 'Dockerfile'), start, start + marked.length));
}

test('marks what is meant', () => {
  expect(frame('FROM a\nRUN make\n', 'make')).toBe(
    [' --> Dockerfile:2:5', '  |', '2 | RUN make', '  |     ^^^^']
      .map((line, index) => (index === 0 ? ` ${line}` : line))
      .join('\n'),
  );
});

test('tabs stay tabs, wide characters count twice', () => {
  expect(frame('RUN\t안녕 x\r\n', 'x').split('\n').slice(2)).toEqual(['1 | RUN\t안녕 x', '  |    \t     ^']);
  expect(frame('RUN 안녕 x\n', '안녕').split('\n').at(-1)).toBe('  |     ^^^^');
});

test('a range over several lines is marked on its first', () => {
  expect(frame('RUN a \\\n b\n', 'a \\\n b').split('\n').slice(2)).toEqual([
    '1 | RUN a \\',
    '  |     ^^^ … to line 2',
  ]);
});

test('a range that ends with its line is of that line', () => {
  expect(frame('RUN a\nRUN b\n', 'RUN a\n').split('\n').at(-1)).toBe('  | ^^^^^');
  expect(frame('RUN a\nRUN b\nx', 'RUN a\nRUN b\n').split('\n').at(-1)).toBe('  | ^^^^^ … to line 2');
});

test('long lines are cut around the place', () => {
  const [, , line, marker] = frame(`RUN ${'x'.repeat(300)}HERE${'y'.repeat(300)}\n`, 'HERE').split('\n');
  expect(line?.length).toBeLessThan(130);
  const column = marker?.indexOf('^') ?? -1;
  expect(line?.slice(column, column + 4)).toBe('HERE');
});

test('an empty range and the end of a text are marked by one', () => {
  const source = readSource('FROM a', 'D');
  expect(
    sourceFrame('FROM a', rangeBetween(source, 6, 6))
      .split('\n')
      .at(-1),
  ).toBe('  |       ^');
  expect(
    sourceFrame('', rangeBetween(readSource('', 'D'), 0, 0))
      .split('\n')
      .at(-1),
  ).toBe('  | ^');
});

test('an error is shown with its code, place and hint; several one below the other', () => {
  const text = 'RUM x\n';
  const at = rangeBetween(readSource(text, 'Dockerfile'), 0, 3);
  const error = new BuildError({ kind: 'user', code: 'C', message: 'wrong', hint: 'do better', at });
  const shown = 'error[C]: wrong\n  --> Dockerfile:1:1\n  |\n1 | RUM x\n  | ^^^\n  = hint: do better';
  expect(renderError(error, text)).toBe(shown);
  expect(renderError(error)).toBe('error[C]: wrong\n  --> Dockerfile:1:1\n  = hint: do better');
  expect(renderError(new BuildErrors([error, error]), text)).toBe(`${shown}\n\n${shown}`);
});
