import { describe, expect, test } from '@jest/globals';
import {
  checkSyntax,
  detectSyntax,
  readCheckOptions,
  scanDirective,
} from '../../src/dockerfile/directives.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readSource } from '../../src/dockerfile/source.ts';

function directivesOf(text: string) {
  return parseDockerfile(`${text}FROM a\n`, 'x').file.directives;
}

describe('directives', () => {
  test.each([
    ['# escape=`\n', '`'],
    ['#ESCAPE = `  \n', '`'],
    ['  # escape=`\n', '`'],
    ['# syntax=docker/dockerfile:1\n# escape=`\n', '`'],
    ['\n# escape=`\n', '\\'],
    ['# note\n# escape=`\n', '\\'],
    ['# other=1\n# escape=`\n', '\\'],
    ['#!/bin/sh\n# escape=`\n', '\\'],
  ])('%j: the escape is %s', (text, escapeChar) => {
    expect(directivesOf(text).escape).toBe(escapeChar);
  });

  test('syntax and check have places', () => {
    expect(directivesOf('# syntax = docker/dockerfile:1 \n#check=skip=all\n')).toMatchObject({
      syntax: { value: 'docker/dockerfile:1', at: { start: { line: 1, column: 12 }, end: { column: 31 } } },
      check: { value: 'skip=all', at: { start: { line: 2, column: 8 } } },
    });
  });

  test.each([
    ['#!/bin/sh\n# syntax=x y\n', 'x y'],
    ['// syntax = x\n', 'x'],
    ['{"syntax": "x"}', 'x'],
    [' # syntax=x\n', undefined],
    ['{"syntax": 1}', undefined],
    ['{"syntax": "x"} more', undefined],
    ['# a\n# syntax=x\n', undefined],
  ])('%j asks for %p', (text, expected) => {
    expect(detectSyntax(readSource(text, 'x'))?.value).toBe(expected);
  });

  test('a check directive is found behind a shebang', () => {
    expect(scanDirective(readSource('#!x\n#check=error=true\n', 'x'), 'check')?.at.start.line).toBe(2);
  });
});

describe('checkSyntax', () => {
  test.each([
    ...[
      'docker/dockerfile',
      'docker/dockerfile:1',
      'docker/dockerfile:1.7-labs',
      'docker.io/docker/dockerfile:1.4',
    ],
    ...[
      'docker/dockerfile-upstream:master-labs',
      'docker/dockerfile:experimental',
      'docker/dockerfile:1-labs',
      'dockerfile.v0',
    ],
    `docker/dockerfile:1.4@sha256:${'a'.repeat(64)}`,
  ])('takes %s', (reference) => {
    expect(() => checkSyntax(directivesOf(`# syntax=${reference}\n`))).not.toThrow();
  });

  test.each([
    'docker/dockerfile:2',
    'example.com/docker/dockerfile:1',
    'me/frontend',
    'docker/dockerfile-x:1',
    'ghcr.io/x/y:1 arg',
  ])('refuses %s', (reference) => {
    const check = () => checkSyntax(directivesOf(`# syntax=${reference}\n`));
    expect(check).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_SYNTAX', at: expect.anything() }) as unknown as Error,
    );
  });

  test('no directive is fine', () => {
    expect(() => checkSyntax(directivesOf(''))).not.toThrow();
  });
});

describe('readCheckOptions', () => {
  const read = (value: string) => {
    const { check } = directivesOf(`# check=${value}\n`);
    return check === undefined ? undefined : readCheckOptions(check);
  };

  test('reads lists, all and error', () => {
    expect(read('skip=A,B;experimental=all;error=true')).toEqual({
      skip: ['A', 'B'],
      experimental: 'all',
      error: true,
    });
    expect(read('skip=all error=true')).toEqual({ skip: 'all', experimental: [], error: false });
  });

  test.each(['foo=1', 'error=maybe', 'all'])('refuses %s', (value) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ code: 'BAD_CHECK_DIRECTIVE' }) as unknown as Error,
    );
  });
});
