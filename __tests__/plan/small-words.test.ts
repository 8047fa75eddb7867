import { describe, expect, test } from '@jest/globals';
import { Environment, withEnvLine } from '../../src/plan/environment.ts';
import { checkFileMode } from '../../src/plan/file-mode.ts';
import { formatDuration, plainList, quotedList } from '../../src/plan/history.ts';
import { ignoredSources } from '../../src/plan/ignored-source.ts';
import { checkStopSignal } from '../../src/plan/stop-signal.ts';
import { namesSecret } from '../../src/plan/warnings.ts';
import { resolveDestination, resolveWorkdir } from '../../src/plan/working-directory.ts';

describe('checkFileMode', () => {
  test.each(['0', '755', '07777', 'u=rwX,go=rX', '+x', 'a-w', 'u+s,g=u'])('%s is a mode', (text) => {
    expect(() => checkFileMode(text)).not.toThrow();
  });
  test.each(['', '8', '10000', '64a', 'foo', 'u', 'u=rwz', '=,'])('%s is none', (text) => {
    expect(() => checkFileMode(text)).toThrow(expect.objectContaining({ code: 'BAD_MODE' }));
  });
});

describe('checkStopSignal', () => {
  test.each(['9', '-1', 'KILL', 'sigterm', 'SIGRTMIN', 'RTMIN+15', 'rtmax-14'])('%s is a signal', (text) => {
    expect(() => checkStopSignal(text)).not.toThrow();
  });
  test.each(['0', '', 'SIGNAL', 'RTMIN+16', 'RTMAX-0', '1.5'])('%s is none', (text) => {
    expect(() => checkStopSignal(text)).toThrow(expect.objectContaining({ code: 'BAD_SIGNAL' }));
  });
});

describe('Environment', () => {
  test('a variable that is set again moves to the end', () => {
    const env = Environment.of(['A=1', 'B=x=y', 'C']).with('A', '2');
    expect(env.lines()).toEqual(['B=x=y', 'C=', 'A=2']);
    expect(env.without('B').names()).toEqual(['C', 'A']);
  });

  test('a line of a config is replaced in place', () => {
    expect(withEnvLine(['A=1', 'B=2'], 'A', '3')).toEqual(['A=3', 'B=2']);
    expect(withEnvLine(['A=1'], 'B', '')).toEqual(['A=1', 'B=']);
  });
});

describe("Go's ways to print", () => {
  test.each([
    [0, '0s'],
    [1, '1ns'],
    [1500, '1.5µs'],
    [2_000_000, '2ms'],
    [1_500_000_000, '1.5s'],
    [90e9, '1m30s'],
    [3600e9, '1h0m0s'],
    [3661.25e9, '1h1m1.25s'],
    [-1e9, '-1s'],
  ])('a duration of %d', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });

  test('lists', () => {
    expect(plainList(['a', 'b c'])).toBe('[a b c]');
    expect(quotedList([])).toBe('[]');
    expect(quotedList(['a"b', '\\', '\n\u0001', 'é€', '\u200b', '\u{e0001}'])).toBe(
      '["a\\"b" "\\\\" "\\n\\x01" "é€" "\\u200b" "\\U000e0001"]',
    );
  });
});

describe('working directory', () => {
  test.each([
    ['/a', 'b', '/a/b'],
    ['', 'b', '/b'],
    ['a', 'b', '/a/b'],
    ['/a', '', '/a'],
    ['/a', '../..', '/'],
    ['/a', 'b/', '/a/b'],
    ['/a', '/x//y/../z/', '/x//y/../z/'],
  ])('%s + %s', (current, text, result) => {
    expect(resolveWorkdir(current, text, 'linux')).toBe(result);
  });

  test('of Windows', () => {
    expect(resolveWorkdir('C:\\app', 'sub/dir', 'windows')).toBe('\\app\\sub\\dir');
    expect(resolveWorkdir('\\app', 'c:/x', 'windows')).toBe('\\x');
    expect(() => resolveWorkdir('\\', 'd:\\x', 'windows')).toThrow(
      expect.objectContaining({ code: 'BAD_PATH' }),
    );
  });

  test.each([
    ['/w', 'f', '/w/f'],
    ['/w', 'd/', '/w/d/'],
    ['/w', '.', '/w/'],
    ['/w', '', '/w/'],
    ['/w', './', '/w/'],
    ['/w', 'd/.', '/w/d/.'],
    ['/', '.', '/'],
    ['/w', '/abs/../x', '/abs/../x'],
    ['/w', '/', '/'],
  ])('destination %s + %s', (current, text, result) => {
    expect(resolveDestination(current, text, 'linux')).toBe(result);
  });
});

describe('ignoredSources', () => {
  test('knows single sources and the whole context', () => {
    const some = ignoredSources(['node_modules', '*.log']);
    expect(['node_modules/x', './a.log', 'b/', '.', 'src'].map(some)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['.', '/', './'].map(ignoredSources(['*']))).toEqual([true, false, true]);
  });

  test('says nothing when there are exceptions', () => {
    expect(ignoredSources(['*', '!keep'])('other')).toBe(false);
  });
});

test('names of secrets', () => {
  const names = [
    'API_KEY',
    'password',
    'db_passwd_x',
    'AUTH',
    'MONKEY',
    'PUBLIC_KEY',
    'TOKEN_FILE',
    'KEY_VERSION',
    'tokens',
  ];
  expect(names.filter(namesSecret)).toEqual(['API_KEY', 'password', 'db_passwd_x', 'AUTH']);
});
