import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

/** Where a rule fires: lines. */
function lines(rule: string, text: string): readonly number[] {
  return lint(parseDockerfile(text, 'Dockerfile'))
    .filter((finding) => finding.rule === rule)
    .map(({ at }) => at.start.line);
}

describe('what a trigger of ONBUILD knows', () => {
  test.each<[string, string, readonly number[]]>([
    ['nothing assigns it', 'FROM debian:12\nONBUILD RUN echo "$foo"\n', [2]],
    ['the environment of the image', 'FROM debian:12\nENV foo=1\nONBUILD RUN echo "$foo"\n', []],
    ['also what is set below the trigger', 'FROM debian:12\nONBUILD RUN echo "$foo"\nENV foo=1\n', []],
    ['an image keeps no ARG', 'FROM debian:12\nARG foo=1\nONBUILD RUN echo "$foo"\n', [3]],
    ['of the stages below', 'FROM debian:12 AS a\nENV foo=1\nFROM a\nONBUILD RUN echo "$foo"\n', []],
    ['but not of others', 'FROM debian:12 AS a\nENV foo=1\nFROM debian:12\nONBUILD RUN echo "$foo"\n', [4]],
    ['the triggers before it', 'FROM debian:12\nONBUILD ARG foo\nONBUILD RUN echo "$foo"\n', []],
    ['not those behind it', 'FROM debian:12\nONBUILD RUN echo "$foo"\nONBUILD ARG foo\n', [2]],
    [
      'nor those of another image',
      'FROM debian:12\nONBUILD ARG foo\nFROM debian:12\nONBUILD RUN echo "$foo"\n',
      [4],
    ],
    [
      'the environment that triggers of the stage below have set',
      'FROM debian:12 AS a\nONBUILD ENV foo=1\nFROM a\nONBUILD RUN echo "$foo"\n',
      [],
    ],
  ])('SC2154, %s', (_, text, expected) => {
    expect(lines('SC2154', text)).toEqual(expected);
  });

  test.each<[string, string, string, readonly number[]]>([
    ['SC3010', 'its SHELL', 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nONBUILD RUN [[ -f x ]]\n', []],
    ['SC3010', 'also set below', 'FROM debian:12\nONBUILD RUN [[ -f x ]]\nSHELL ["/bin/bash", "-c"]\n', []],
    ['SC3010', 'no SHELL', 'FROM debian:12\nONBUILD RUN [[ -f x ]]\n', [2]],
    [
      'SC3010',
      'the SHELL of another stage',
      'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nFROM debian:12\nONBUILD RUN [[ -f x ]]\n',
      [4],
    ],
    [
      'SC3010',
      'a comment above it',
      'FROM debian:12\n# hadolint shell=bash\nONBUILD RUN [[ -f x ]]\nFROM debian:12\nONBUILD RUN [[ -f x ]]\n',
      [5],
    ],
    ['DL3042', 'its ENV', 'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nONBUILD RUN pip install a==1\n', []],
    ['SC2086', 'its ENV may hold blanks', 'FROM a:1\nENV x=1\nONBUILD RUN mkdir $x\nRUN mkdir $x\n', [3]],
    ['SC2086', 'a trigger above', 'FROM a:1\nONBUILD ENV x=1\nONBUILD RUN mkdir $x\n', []],
    ['DL3042', 'no ENV', 'FROM python:3.13\nONBUILD RUN pip install a==1\n', [2]],
    ['DL4001', 'one tool each', 'FROM a:1\nONBUILD RUN curl x\nFROM a:1\nONBUILD RUN wget -q x\n', []],
    ['DL4001', 'both', 'FROM a:1\nONBUILD RUN curl x\nONBUILD RUN wget -q x\n', [3]],
    ['DL3033', 'a version in ENV', 'FROM a:1\nENV v=1\nONBUILD RUN yum install -y a-$v\n', []],
  ])('%s, %s', (rule, _, text, expected) => {
    expect(lines(rule, text)).toEqual(expected);
  });
});

describe('what triggers leave to the stage whose FROM runs them', () => {
  test.each<[string, string, string, readonly number[]]>([
    ['SC2154', 'ARG', 'FROM a:1 AS a\nONBUILD ARG foo\nFROM a\nRUN echo "$foo"\n', []],
    [
      'SC2154',
      'ENV, two stages on',
      'FROM a:1 AS a\nONBUILD ENV foo=1\nFROM a AS b\nFROM b\nRUN echo "$foo"\n',
      [],
    ],
    ['SC2154', 'not in the stage itself', 'FROM a:1 AS a\nONBUILD ENV foo=1\nRUN echo "$foo"\n', [3]],
    ['SC3010', 'SHELL', 'FROM a:1 AS a\nONBUILD SHELL ["bash", "-c"]\nFROM a\nRUN [[ -f x ]]\n', []],
    ['DL3045', 'WORKDIR', 'FROM a:1 AS a\nONBUILD WORKDIR /x\nFROM a\nCOPY x y\n', []],
    ['DL3042', 'ENV', 'FROM a:1 AS a\nONBUILD ENV PIP_NO_CACHE_DIR=1\nFROM a\nRUN pip install a==1\n', []],
  ])('%s: %s', (rule, _, text, expected) => {
    expect(lines(rule, text)).toEqual(expected);
  });
});
