import { describe, expect, test } from '@jest/globals';
import { fitting, harmless, plainLine } from '../../../src/app/cli/cells.ts';
import { LiveProgress } from '../../../src/app/cli/live-progress.ts';
import { progressStyle } from '../../../src/app/cli/progress.ts';
import { BuildError } from '../../../src/base/errors.ts';
import type { StepOutcome, StepReport } from '../../../src/engine/engine.ts';
import { TerminalScreen } from '../../support/terminal-screen.ts';

const ended = (id: string, outcome: StepOutcome): { type: 'step-ended'; step: StepReport } => ({
  type: 'step-ended',
  step: { id, name: `step ${id}`, outcome, startedAt: 0, endedAt: 1200, keyParts: [] },
});

const failure = (hint: string): StepOutcome => ({
  type: 'failed',
  error: new BuildError({ kind: 'user', code: 'RUN_FAILED', message: 'it failed', hint }),
});

class Session {
  readonly screen = new TerminalScreen();
  time = 0;
  readonly size = { columns: 60, rows: 10 };
  readonly live: LiveProgress;

  constructor(isColoured = false) {
    const { screen, size } = this;
    this.live = new LiveProgress({
      write: screen.write,
      screen: () => size,
      now: () => this.time,
      isColoured,
    });
  }

  start(id: string, name = `step ${id}`): void {
    this.live.show({ type: 'step-started', id, name });
  }

  print(id: string, text: string): void {
    this.live.show({ type: 'step-output', id, text, stream: 'stdout' });
  }
}

describe('progress on a terminal', () => {
  test.each([true, false])('what runs is drawn below what has ended (colours: %s)', (isColoured) => {
    const run = new Session(isColoured);
    run.live.show({ type: 'notice', message: 'isolation: runc' });
    run.start('1');
    run.start('2', 'RUN <<EOF\nmake\nEOF');
    run.print('2', 'one\ntwo\n\nthr');
    run.time = 2300;
    run.live.draw();
    expect(run.screen.rows).toEqual([
      'isolation: runc',
      '[+] 2.3 s, 0 steps done, 0 of them from the cache',
      '… 2.3 s step 1',
      '… 2.3 s RUN <<EOF make EOF',
      '  │ one',
      '  │ two',
      '  │ thr',
    ]);
    run.live.show(ended('1', { type: 'done', miss: 'command changed' }));
    run.live.show(ended('3', { type: 'cached', from: 'local' }));
    expect(run.screen.rows.slice(0, 5)).toEqual([
      'isolation: runc',
      '● step 1 done in 1.2 s',
      '  not from the cache: command changed',
      '✓ step 3 cached (local)',
      '[+] 2.3 s, 2 steps done, 1 of them from the cache',
    ]);
    run.live.show(ended('2', failure('Its last output:\ntwo\nthr')));
    run.live.clear();
    expect(run.screen.rows.slice(4)).toEqual(['✗ step 2 failed after 1.2 s', '  one', '  two', '  thr']);
  });

  test('what a failed step printed is left to the error when that tells all of it', () => {
    const run = new Session();
    run.start('1');
    run.print('1', 'one\n\ntwo\n');
    run.live.show(ended('1', failure('Its last output:\none\n\ntwo')));
    expect(run.screen.rows).toEqual(['✗ step 1 failed after 1.2 s']);
  });

  test('is never higher or wider than the terminal', () => {
    const run = new Session();
    for (let id = 0; id < 30; id++) {
      run.start(String(id), `a step with a name of more columns than there are, ${'编译'.repeat(20)}`);
      run.print(String(id), 'x'.repeat(500));
    }
    for (const rows of [10, 40, 3, 1, 70]) {
      run.size.rows = rows;
      run.live.draw();
      expect(run.screen.rows.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
      for (const row of run.screen.rows) expect(fitting(row, 59)).toBe(row);
    }
    run.size.rows = 10;
    run.live.draw();
    expect(run.screen.rows.at(-1)).toBe('… and 23 more');
  });

  test('what a step prints is no command to the terminal', () => {
    const run = new Session();
    run.start('1', 'RUN \x1b[2Jx');
    run.print('1', '\x1b]0;title\x07\x1b[31mred\x1b[0m\x1b[1A\n10 %\r20 %\r\n\x1bc\u009b5Aok\ttab\x07\x1b[');
    run.live.draw();
    expect(run.screen.rows.slice(1)).toEqual(['… 0.0 s RUN x', '  │ red', '  │ 20 %', '  │ ok  tab']);
    run.live.show({ type: 'notice', message: 'a\x1b[2J\nb' });
    expect(run.screen.rows.slice(0, 2)).toEqual(['a', 'b']);
  });

  test('nothing is written while nothing changes', () => {
    const written: string[] = [];
    const live = new LiveProgress({
      write: (text) => void written.push(text),
      screen: () => ({ columns: 80, rows: 24 }),
      now: () => 0,
      isColoured: false,
    });
    live.draw();
    expect(written.join('')).toBe('');
    live.show({ type: 'step-started', id: '1', name: 'x' });
    const count = written.length;
    live.draw();
    live.draw();
    expect(written).toHaveLength(count);
  });
});

describe('lines of a terminal', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['镜像构建', 8, '镜像构建'],
    ['镜像构建', 7, '镜像构…'],
    ['镜像构建', 6, '镜像…'],
    ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
    ['🚀🚀', 3, '🚀…'],
    ['abc', 0, ''],
  ])('%s in %d columns', (text, columns, expected) => {
    expect(fitting(text, columns)).toBe(expected);
  });

  test('a long text without an end of an escape sequence is read in no time', () => {
    expect(plainLine(`\x1b]${'\x1b]x'.repeat(20_000)}`)).toBe('');
    expect(plainLine(`\x1b[${';'.repeat(100_000)}`)).toHaveLength(100_000);
  });
});

test('what an error quotes is harmless on a terminal, and keeps its tabs and lines', () => {
  expect(harmless('a\tb\r\n\x1b[31mc\x1b[0m\x1b]0;t\x07\u009b2Jd\u202ee\x07\n')).toBe('a\tb\ncde\n');
});

describe('the style of progress', () => {
  const style = (text: string, columns?: number, environment: Record<string, string> = {}) =>
    progressStyle(text, {
      stderr: () => undefined,
      environment,
      ...(columns === undefined ? {} : { screen: () => ({ columns, rows: 24 }) }),
    });

  test('auto draws where a terminal is looked at', () => {
    expect([style('auto', 80), style('auto'), style('auto', 80, { TERM: 'dumb' })]).toEqual([
      'tty',
      'plain',
      'plain',
    ]);
    expect([style('tty', 80), style('plain', 80), style('json'), style('quiet')]).toEqual([
      'tty',
      'plain',
      'json',
      'quiet',
    ]);
    expect(() => style('tty')).toThrow(/standard error is none/);
    expect(() => style('fancy')).toThrow(/"fancy" is not a style/);
  });
});
