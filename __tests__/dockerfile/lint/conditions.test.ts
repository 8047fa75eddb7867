// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfile text
import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

/** The lines on which a rule tells something. */
const linesOf = (rule: string, text: string) =>
  lint(parseDockerfile(`${text}\n`, 'Dockerfile'))
    .filter((one) => one.rule === rule || one.aliases.includes(rule))
    .map(({ at }) => at.start.line);

/** Corners of the conditions of rules: a rule, a Dockerfile, the lines. */
describe('a rule fires', () => {
  test.each<[string, string, number[]]>([
    // Short flags together: the last one takes the next word.
    ['DL3008', 'RUN apt-get install -yt stable a=1', []],
    ['DL3008', 'RUN apt-get install -yt=stable a=1', []],
    ['DL3008', 'RUN apt-get install -qy stable a=1', [1]],
    ['DL3013', 'RUN pip install -qi https://x a==1', []],
    ['DL3013', 'RUN pip install -rreq.txt a', []],
    ['DL3018', 'RUN apk add -Ut .deps a=1', []],
    ['DL3046', 'RUN useradd -mu 123456 a', [1]],
    ['DL3046', 'RUN useradd -lmu 123456 a', []],
    ['DL3046', 'RUN useradd --uid 123456 a', [1]],
    ['DL3046', 'RUN useradd --uid "${UID}" a', []],
    ['DL3066', '# escape=`\nFROM a:1\nUSER ContainerAdministrator', []],
    // A script of another interpreter cannot be joined.
    ['DL3059', 'FROM a:1\nRUN <<A\n#!/usr/bin/env python3\nx()\nA\nRUN y', []],
    ['DL3059', 'FROM a:1\nRUN <<A\n#!/bin/bash\nx\nA\nRUN y', [6]],
    // An rpm file without a dash has no version in its name.
    ['DL3033', 'RUN yum install a.rpm', [1]],
    ['DL3041', 'RUN dnf install a-1.rpm', []],
    // What may stand before FROM is ARG alone.
    ['DL3061', 'ONBUILD FROM a\nFROM b', [1]],
    ['DL3061', 'FROM b\nONBUILD FROM a', []],
    ['DL3064', 'ENV FACEBOOK_APP_ID=1', [1]],
    ['DL3064', 'ARG gh_pat', [1]],
    ['DL3064', 'ENV SORT_KEY=1', []],
    ['SC2046', 'RUN a `# nothing` $( )', []],
    ['SC2046', 'RUN a `b`', [1]],
    // A part that stands where one of them was wanted, and no part of a longer condition.
    ['SC2015', 'RUN a && b || c', [1]],
    ['SC2015', 'RUN a && b || { c; }', [1]],
    ['SC2015', 'RUN a && b || echo x | c', [1]],
    ['SC2015', 'RUN a && b || /bin/echo x', []],
    ['SC2015', 'RUN x=$(a && b || c)', [1]],
    ['SC2015', 'RUN if a; then b && c || d; fi', [1]],
    ['SC2015', 'RUN case x in x) a && b || c;; esac', [1]],
    ['SC2015', 'RUN (a && b || c) && d', []],
    ['SC2015', 'RUN if a && b || c; then d; fi', []],
    // A test is no word list, the word behind exec names a program.
    ['SC2035', 'RUN [ x = * ]', []],
    ['SC2035', 'RUN exec *', [1]],
    ['SC2086', 'RUN exec $A', []],
    ['SC2086', 'RUN exec $A $B', [1]],
    ['SC2086', 'RUN a ${B:+--b $B}', []],
    ['SC2086', 'SHELL ["/bin/bash", "-c"]\nRUN cat <<< $A', [2]],
    ['SC2086', 'RUN cat <<A\n$B\nA', []],
    // The first use tells whether the script reckons with an unset variable.
    ['SC2154', 'RUN echo "$a"', [1]],
    ['SC2154', 'RUN echo "${a:-x}"; echo "$a"', []],
    ['SC2154', 'RUN echo "$a"; echo "${a:-x}"', [1]],
    ['SC2154', 'RUN [ -n "$a" ] && echo "$a"', []],
    ['SC2154', 'RUN echo "$a"; if [ ! "$a" ]; then b; fi', []],
    ['SC2154', 'RUN [ x = "$a" ] && echo "$a"', [1]],
    ['SC2154', 'RUN test -n "$a"', [1]],
    ['SC2154', 'SHELL ["/bin/bash", "-c"]\nRUN [[ -z $a && $b ]] || c "$a" "$b"', []],
    ['SC2154', 'RUN echo $((a + 0x1f))', [1]],
    ['SC2154', 'RUN a=1; echo $((a + 0x1f))', []],
    ['SC2164', 'RUN a; (cd x; b) && c', []],
    ['SC2164', 'RUN for a in b; do cd x; done || c', []],
    ['SC2164', 'RUN ! cd x', [1]],
    ['SC2164', 'RUN a && (cd x; b)', [1]],
  ])('%s: %s: %p', (rule, text, lines) => {
    expect(linesOf(rule, text)).toEqual(lines);
  });
});

test.each([
  ['a', 'Pin the version of a (apt-get install <package>=<version>)'],
  ['a b', 'Pin the versions of a, b (apt-get install <package>=<version>)'],
  ['$(cat x)', 'Pin the version of $(…) (apt-get install <package>=<version>)'],
  ['1 2 3 4 5 6 7 8 9 10', expect.stringContaining('of 1, 2, 3, 4, 5, 6, 7, 8 and 2 more (')],
])('packages without versions are told by name: %s', (packages, expected) => {
  const found = lint(parseDockerfile(`FROM a:1\nRUN apt-get install -y ${packages}\n`, 'Dockerfile'));
  expect(found.find(({ rule }) => rule === 'DL3008')?.message).toEqual(expected);
});
