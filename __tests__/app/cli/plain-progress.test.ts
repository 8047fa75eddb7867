import { expect, test } from '@jest/globals';
import { progress } from '../../../src/app/cli/progress.ts';
import { hasRunnerCommand } from '../../../src/app/report/runner-command.ts';
import type { BuildEvent } from '../../../src/engine/engine.ts';

const PIECE = 'x'.repeat(64 * 1024);

function play(pieces: Iterable<string>): string[] {
  const written: string[] = [];
  using shown = progress('plain', {
    stderr: (text) => written.push(text),
    screen: undefined,
    environment: {},
  });
  for (const text of pieces)
    shown.show({ type: 'step-output', id: 'a', text, stream: 'stdout' } as BuildEvent);
  return written;
}

test('half a line waits for its other half', () => {
  expect(play(['on', 'e\ntw', 'o\n', 'three'])).toEqual(['#1 one\n', '#1 two\n']);
});

test('a line without end is written while it comes, as several', () => {
  const written = play(Array(100).fill(PIECE));
  expect(written.join('').match(/x/g)?.length).toBeGreaterThan(98 * PIECE.length);
  expect(written.every((line) => /^#1 x+\n$/.test(line))).toBe(true);
  expect(play([PIECE, 'y\nend\n']).join('')).toBe(`#1 ${PIECE}\n#1 y\n#1 end\n`);
});

test('JSON quotes what would be a command to a runner in letters that are none, and means the same', () => {
  const written: string[] = [];
  using shown = progress('json', {
    stderr: (text) => written.push(text),
    screen: undefined,
    environment: {},
  });
  const event = { type: 'notice', message: 'a ##[group]\n::add-mask::x' } as const;
  shown.show(event);
  expect(written.map(hasRunnerCommand)).toEqual([false]);
  expect(written.map((line): unknown => JSON.parse(line))).toEqual([event]);
});
