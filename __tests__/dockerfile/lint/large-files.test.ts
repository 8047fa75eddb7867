import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const ids = (text: string) => lint(parseDockerfile(text, 'Dockerfile')).map(({ rule }) => rule);
const each = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** With work or memory that grows with the square of a file these would not end before the test runner loses patience. */
describe('large and odd files', () => {
  test.each<[string, string, string]>([
    ['a line of a million characters', `RUN echo ${'a'.repeat(1_000_000)} && cd /x\n`, 'DL3003'],
    ['a line of many words', `RUN apt-get install ${'x '.repeat(100_000)}\n`, 'DL3014'],
    ['many commands', `RUN ${'cd /x && '.repeat(20_000)}true\n`, 'DL3003'],
    ['a long pipe', `RUN ${'a | '.repeat(20_000)}b\n`, 'DL4006'],
    ['deep nesting', `RUN ${'$('.repeat(50_000)}\n`, 'SC1072'],
    ['many variables', each(20_000, (i) => `ENV A${i + 1}=$A${i}\n`), 'UndefinedVar'],
    [
      'values that double',
      `ENV A0=aaaaaaaa\n${each(60, (i) => `ENV A${i + 1}=$A${i}$A${i}\n`)}ENV b c\n`,
      'LegacyKeyValueFormat',
    ],
    ['a long heredoc', `RUN <<EOF\n${'cd /x\n'.repeat(20_000)}EOF\n`, 'DL3003'],
    ['many RUNs', 'RUN apt-get update && curl x\n'.repeat(8000), 'DL3009'],
    ['many continuations', `RUN a ${'\\\n'.repeat(100_000)} && cd /x\n`, 'DL3003'],
    [
      'many stages',
      each(1000, (i) => `FROM s${i} AS s${i + 1}\nENV A${i}=1\nRUN echo $A && cd /x\n`),
      'DL3003',
    ],
    ['archives', each(3000, (i) => `COPY a${i}.tar /\nRUN tar -xf a${i}.tar\n`), 'DL3010'],
    ['a name for each RUN', each(1000, (i) => `ENV VAR${i}NAME=1\nRUN echo "$VAR${i}NAM"\n`), 'SC2153'],
    ['versions in variables', each(3000, (i) => `ARG v${i}=1\nRUN yum install a-$w${i}\n`), 'DL3033'],
    [
      'heredocs for shells',
      `RUN ${each(4000, (i) => `bash <<E${i} && `)} true\n${each(4000, (i) => `apt-get update\nE${i}\n`)}`,
      'DL3009',
    ],
    ['heredocs to copy', `COPY ${each(10_000, () => '<<E ')} x\n${'$y\nE\n'.repeat(10_000)}`, 'UndefinedVar'],
    ['images of ARGs', `${each(3000, (i) => `FROM $a${i} AS t${i}\n`)}RUN cd /x\n`, 'DL3003'],
    [
      'many stages of one with many variables and triggers',
      `${each(5000, (i) => `ENV A${i}=1\nONBUILD ENV B${i}=1\n`)}${'FROM s0\nENV C=$D\n'.repeat(5000)}`,
      'UndefinedVar',
    ],
    [
      'a chain of stages with names',
      each(5000, (i) => `FROM s${i} AS s${i + 1}\nENV A${i}=1\nRUN apt-get install x-$b && echo $a\n`),
      'SC2154',
    ],
    [
      'comments about a stage',
      `${'# hadolint stage ignore=DL3004\n'.repeat(8000)}FROM a:1\n${'RUN cd /x\n'.repeat(8000)}`,
      'DL3003',
    ],
    ['words in words', `RUN ${'sh -c "echo \\"a\\" $b" && echo $c; '.repeat(4000)}\n`, 'SC2086'],
    [
      'stages that copy from images',
      each(10_000, (i) => `FROM a:1 AS t${i}\nCOPY --from=x.y/z${i} /a /b\n`),
      'TSIB1020',
    ],
    ['assignments in a row', `RUN ${each(20_000, (i) => `a${i}=$a${i + 1}; `)} echo $a0\n`, 'SC2086'],
  ])('%s', (_, lines, rule) => {
    const args = lines.includes('$a0 AS') ? each(3000, (i) => `ARG a${i}=b:1\n`) : '';
    expect(ids(`${args}FROM debian:12 AS s0\n${lines}USER 1\n`)).toContain(rule);
  });

  test('a chain of stages, HEALTHCHECK asked for', () => {
    const text = each(3000, (i) => `FROM ${i === 0 ? 'debian:12' : `s${i}`} AS s${i + 1}\n`);
    const config = { override: { info: ['DL3057'] } };
    const told = (more: string) =>
      lint(parseDockerfile(text + more, 'Dockerfile'), config).filter(({ rule }) => rule === 'DL3057').length;
    expect(told('FROM x:1\n')).toBe(3001);
    expect(told('HEALTHCHECK NONE\nFROM x:1\n')).toBe(1);
  });

  test.each([
    ['UTF-16, little end first', Buffer.from('\uFEFFFROM debian\nRUN cd /x\n', 'utf16le').toString('utf8')],
    [
      'bytes at random',
      Buffer.from(
        each(3000, (i) => String.fromCharCode((i * 7919) % 256)),
        'latin1',
      ).toString('utf8'),
    ],
    ['nothing', ''],
  ])('%s cannot be read, which is told', (_, text) => {
    expect(ids(text)).toContain('DL1000');
  });
});
