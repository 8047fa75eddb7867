import { describe, expect, test } from '@jest/globals';
import { mergeConfigs, reachesThreshold } from '../../../src/dockerfile/lint/config.ts';
import { parseLintArguments } from '../../../src/dockerfile/lint/config-arguments.ts';
import { environmentConfig } from '../../../src/dockerfile/lint/config-environment.ts';
import { parseConfigFile } from '../../../src/dockerfile/lint/config-file.ts';

describe('a .hadolint.yaml', () => {
  test('every key', () => {
    const text = `
ignored: [DL3000]
override:
  error: [DL3001]
  style:
    - DL3002
trustedRegistries: docker.io
label-schema:
  author: text
  contact: email
  empty:
strict-labels: true
disable-ignore-pragma: false
failure-threshold: warning
formats: [json, sarif]
no-fail: false
no-color: true
verbose: true
`;
    expect(parseConfigFile(text, 'x')).toEqual({
      ignored: ['DL3000'],
      override: { error: ['DL3001'], style: ['DL3002'] },
      trustedRegistries: ['docker.io'],
      labelSchema: { author: 'text', contact: 'email', empty: 'text' },
      strictLabels: true,
      disableIgnorePragma: false,
      failureThreshold: 'warning',
      format: ['json', 'sarif'],
      noFail: false,
      noColor: true,
      verbose: true,
    });
  });

  test('an empty one says nothing', () => {
    expect(parseConfigFile('', 'x')).toEqual({});
    expect(parseConfigFile('# nothing\n', 'x')).toEqual({});
    expect(parseConfigFile('ignored:\n', 'x')).toEqual({});
  });

  test('keys that nobody knows are told, with a guess', () => {
    expect(parseConfigFile('ignore: [DL3000]\nverbose: true\n', 'x')).toEqual({
      verbose: true,
      unknownKeys: ['ignore (did you mean ignored?)'],
    });
  });

  test.each([
    ['ignored: [', 'x: '],
    ['- a\n', 'a map of settings is wanted'],
    ['ignored: {a: b}', '"ignored" has a value of the wrong kind'],
    ['override: {fatal: [DL3000]}', '"override" has a value of the wrong kind'],
    ['failure-threshold: never', '"failure-threshold" has a value of the wrong kind'],
    ['label-schema: {a: number}', '"label-schema" has a value of the wrong kind'],
    ['format: word', '"format" has a value of the wrong kind'],
    ['no-fail: 1', '"no-fail" has a value of the wrong kind'],
  ])('%j is refused', (text, message) => {
    expect(() => parseConfigFile(text, 'x')).toThrow(message);
    expect(() => parseConfigFile(text, 'x')).toThrow(
      expect.objectContaining({ kind: 'user', code: 'BAD_LINT_CONFIG' }),
    );
  });
});

describe('the environment', () => {
  test('every variable', () => {
    const environment = {
      HADOLINT_IGNORE: 'DL3000, DL3001',
      HADOLINT_OVERRIDE_INFO: 'DL3002',
      HADOLINT_TRUSTED_REGISTRIES: 'a,b',
      HADOLINT_REQUIRE_LABELS: 'a:email,b:,c',
      HADOLINT_STRICT_LABELS: 'on',
      HADOLINT_DISABLE_IGNORE_PRAGMA: 'no',
      HADOLINT_NOFAIL: 'Y',
      HADOLINT_VERBOSE: '0',
      HADOLINT_FAILURE_THRESHOLD: 'none',
      HADOLINT_FORMAT: 'word,gnu',
      NO_COLOR: '',
    };
    expect(environmentConfig(environment)).toEqual({
      ignored: ['DL3000', 'DL3001'],
      override: { info: ['DL3002'] },
      trustedRegistries: ['a', 'b'],
      labelSchema: { a: 'email', b: 'text', c: 'text' },
      strictLabels: true,
      disableIgnorePragma: false,
      noFail: true,
      verbose: false,
      failureThreshold: 'none',
      format: ['gnu'],
      noColor: true,
    });
  });

  test('what is not set says nothing', () => {
    expect(environmentConfig({ PATH: '/bin' })).toEqual({});
  });
});

describe('the command line', () => {
  test('options that may be repeated add up', () => {
    const argv = [
      '--ignore',
      'A',
      '--ignore=B',
      '--error',
      'C',
      '--require-label',
      'a:url',
      '--require-label',
      'b:',
      '-f',
      'json',
      '-o',
      'x',
      'F1',
      'F2',
    ];
    expect(parseLintArguments(argv)).toMatchObject({
      config: {
        ignored: ['A', 'B'],
        override: { error: ['C'] },
        labelSchema: { a: 'url', b: 'text' },
        format: ['json'],
      },
      files: ['F1', 'F2'],
      output: ['x'],
    });
  });

  test.each([['--what'], ['-t'], ['-t', 'never'], ['-f', 'word'], ['--require-label', 'a:number']])(
    '%j is refused',
    (...argv) => {
      expect(() => parseLintArguments(argv)).toThrow(expect.objectContaining({ code: 'BAD_LINT_OPTION' }));
    },
  );
});

describe('merging', () => {
  test('lists and maps add up, single values are replaced', () => {
    const merged = mergeConfigs(
      {
        ignored: ['A'],
        override: { error: ['B'] },
        labelSchema: { a: 'text' },
        failureThreshold: 'error',
        verbose: true,
      },
      { ignored: ['C'], override: { error: ['D'], info: ['E'] }, labelSchema: { a: 'url', b: 'email' } },
      { failureThreshold: 'style' },
    );
    expect(merged).toEqual({
      ignored: ['A', 'C'],
      override: { error: ['B', 'D'], info: ['E'] },
      labelSchema: { a: 'url', b: 'email' },
      failureThreshold: 'style',
      verbose: true,
    });
  });
});

test('the threshold fails a run at or above it', () => {
  expect(reachesThreshold('info')).toBe(true);
  expect(reachesThreshold('style')).toBe(false);
  expect(reachesThreshold('warning', 'error')).toBe(false);
  expect(reachesThreshold('style', 'style')).toBe(true);
  expect(reachesThreshold('style', 'ignore')).toBe(true);
  expect(reachesThreshold('error', 'none')).toBe(false);
});
