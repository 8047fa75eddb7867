import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkFixes, checkOne } from '../../../scripts/fixes/fix-check.ts';
import { type FixLevel, fixDockerfile } from '../../../src/dockerfile/lint/apply-fixes.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const CASES = new URL('../../testdata/lint/', import.meta.url);
const PAGES = new URL('../../../docs/rules/', import.meta.url);
const LEVELS: readonly FixLevel[] = ['safe', 'unsafe'];

const fixed = (text: string, level: FixLevel = 'safe') => fixDockerfile(text, 'Dockerfile', {}, level).text;
const lines = (...all: readonly string[]) => `${['FROM debian:12', ...all].join('\n')}\n`;

describe('new text for old', () => {
  test.each<[string, string[], string[]]>([
    [
      'lists are deleted where they were fetched',
      ['RUN apt-get update && apt-get install -y x # why'],
      ['RUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/* # why'],
    ],
    [
      'as the lines are broken',
      ['RUN apt-get update \\', '  && apt-get install -y \\', '       x'],
      [
        'RUN apt-get update \\',
        '  && apt-get install -y \\',
        '       x \\',
        '  && rm -rf /var/lib/apt/lists/*',
      ],
    ],
    [
      'empty lines, from where the instruction begins',
      ['\t\\', '# a', '', 'RUN a \\', '', '  b'],
      ['\t\\', '# a', 'RUN a \\', '  b'],
    ],
    ['no slash into a word of quotes', ['COPY a b c"d e"'], ['COPY a b c"d e"']],
    ['yum, dnf', ['RUN dnf install -y x-1'], ['RUN dnf install -y x-1 && dnf clean all']],
    ['quoted values', ['ENV A "b c"', "LABEL a 'b $c'"], ['ENV A="b c"', "LABEL a='b $c'"]],
  ])('%s', (_, before, after) => {
    expect(fixed(lines(...before))).toBe(lines(...after));
  });

  test.each([
    [
      'a later RUN needs the lists',
      'RUN apt-get update && x\nRUN apt-get install -y --no-install-recommends y=1',
    ],
    ['something runs in the background', 'RUN apt-get update && x &'],
    ['the script ends itself', 'RUN apt-get update; exit 0'],
    ['sudo', 'RUN sudo apt-get update'],
    ['a heredoc', 'RUN <<EOF\nset -e\napt-get update\nEOF'],
    ['exec form', 'RUN ["apt-get", "update"]'],
  ])('no deletion of lists: %s', (_, text) => {
    expect(fixed(lines(text))).toBe(lines(text));
  });

  test.each<[string, string]>([
    ['app.conf', 'safe'],
    ['.', 'safe'],
    ['src/', 'safe'],
    ['"etc/My App.toml"', 'none'],
    ['app.jar', 'safe'],
    ['app', 'unsafe'],
    ['conf.d', 'unsafe'],
    ['data.v2', 'unsafe'],
    ['root.tar.zst', 'none'],
    ['foo.crate', 'none'],
    ['ROOT.TGZ', 'none'],
    ['rails.gem', 'none'],
    ['a.conf app', 'unsafe'],
    ['a.conf root.tzst', 'none'],
  ])('ADD unpacks by what is in the file, whatever its name: COPY for %s is %s', (source, level) => {
    const add = lines(`ADD ${source} /x/`);
    const copy = lines(`COPY ${source} /x/`);
    expect(fixed(add, 'safe')).toBe(level === 'safe' ? copy : add);
    expect(fixed(add, 'unsafe')).toBe(level === 'none' ? add : copy);
  });

  test.each<[string, string[], string[]]>([
    [
      'RUNs are joined',
      ['RUN a', '', '# why', 'RUN b', 'RUN c'],
      ['RUN a \\', '# why', '    && b \\', '    && c'],
    ],
    ['but not into an alternative', ['RUN a', 'RUN b || c'], ['RUN a', 'RUN b || c']],
    ['nor behind the background', ['RUN a &', 'RUN b'], ['RUN a &', 'RUN b']],
    [
      'nor over a pragma',
      ['RUN a', '# hadolint ignore=DL3003', 'RUN b'],
      ['RUN a', '# hadolint ignore=DL3003', 'RUN b'],
    ],
    [
      'nor with flags',
      ['RUN --network=none a', 'RUN --network=none b'],
      ['RUN --network=none a', 'RUN --network=none b'],
    ],
    [
      'SHELL above what it is for',
      ['# why', 'RUN a | b', 'RUN c | d; e'],
      ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]', '# why', 'RUN a | b', 'RUN c | d; e'],
    ],
    [
      'WORKDIR for cd',
      ['RUN --network=none cd /x && \\', '  make'],
      ['WORKDIR /x', 'RUN --network=none make'],
    ],
    ['WORKDIR for cd alone', ['RUN cd "/x"'], ['WORKDIR /x']],
    [
      'but not for a folder of the shell',
      ['RUN cd "$X" && make', 'ENV A=1', 'RUN cd ~ && make'],
      ['RUN cd "$X" && make', 'ENV A=1', 'RUN cd ~ && make'],
    ],
    ['nor before what would be a flag', ['RUN cd /x && --y'], ['RUN cd /x && --y']],
    ['sudo', ['RUN sudo make && sudo make install'], ['RUN make && make install']],
    ['quotes', ['RUN cat $name'], ['RUN cat "$name"']],
    ['but not around several words', ['RUN cc $CFLAGS $BUILD_DEPS'], ['RUN cc $CFLAGS $BUILD_DEPS']],
    ['but not with options', ['RUN sudo -u www make'], ['RUN sudo -u www make']],
  ])('unsafe: %s', (_, before, after) => {
    expect(fixed(lines(...before), 'unsafe')).toBe(lines(...after));
  });

  test('busybox has a wget of its own', () => {
    expect(fixed('FROM alpine:3.22\nRUN wget x\n', 'unsafe')).toBe('FROM alpine:3.22\nRUN wget -q x\n');
    for (const own of ['FROM alpine:3.22\nRUN apk add --no-cache wget=1 && ', 'FROM debian:12\nRUN '])
      expect(fixed(`${own}wget x\n`, 'unsafe')).toBe(`${own}wget --progress=dot:giga x\n`);
  });

  test('no SHELL where the base is not known to have one', () => {
    const text = 'FROM example.com/own:1\nRUN a | b\n';
    expect(fixed(text, 'unsafe')).toBe(text);
    expect(fixed('FROM node:22-alpine\nRUN a | b\n', 'unsafe')).toContain('SHELL ["/bin/ash",');
  });
});

describe('of all fixes holds what has to hold', () => {
  test.each(readdirSync(CASES))('%s', (name) => {
    const text = readFileSync(new URL(`${name}/Dockerfile`, CASES), 'utf8');
    for (const level of LEVELS) expect(checkFixes(text, level).problems).toEqual([]);
  });

  test('the examples of the pages', () => {
    const texts = readdirSync(PAGES).flatMap((name) =>
      [...readFileSync(new URL(name, PAGES), 'utf8').matchAll(/```dockerfile\S*\n([\s\S]*?)```/g)].map(
        ([, body = '']) => body,
      ),
    );
    expect(texts.length).toBeGreaterThan(200);
    const rules = new Set<string>();
    for (const text of texts) {
      for (const level of LEVELS) {
        const { tried, problems } = checkFixes(text, level);
        expect([text, problems]).toEqual([text, []]);
        for (const rule of tried.keys()) rules.add(rule);
      }
    }
    expect(rules.size).toBeGreaterThan(30);
  });

  test('files at random', () => {
    const line = fc.constantFrom(
      'FROM debian:12 as X',
      'FROM --platform=$TARGETPLATFORM alpine:3.20',
      'FROM x',
      'RUN apt-get update',
      'RUN apt-get update && apt-get install a b=1',
      'RUN apt install c \\',
      '  # a comment',
      '    && cd /x # end',
      'RUN a || b',
      'RUN a; b &',
      'RUN a | b',
      'RUN cd /x && sudo make',
      'RUN cd /y',
      'RUN --mount=type=cache,target=/c yarn install',
      'RUN <<A dnf install z-1',
      'sudo apk add q',
      'A',
      '# why',
      '# hadolint ignore=DL3059',
      '',
      'ENV a "b c"',
      'ENV A b c \\',
      'label x y',
      'MAINTAINER me "x"',
      'ADD a b /c',
      'copy --from=x a b',
      'CMD run $x',
      'ENTRYPOINT run "x y"',
      'EXPOSE 80/TCP',
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
      'ONBUILD RUN yum install a-1',
      'RUN pip install x==1 \\',
      'WORKDIR x',
      'RUM x',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 14 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(...LEVELS),
        (all, end, level) => {
          const text = ['FROM debian:12', ...all].join(end);
          expect(checkFixes(text, level).problems).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the check minds a fix that does too little, too much or harm', () => {
    const text = lines('ENV A b', 'ENV C=d', 'USER 1');
    const parsed = parseDockerfile(text, 'Dockerfile');
    const [found] = lint(parsed);
    if (found === undefined) throw new TypeError('nothing was found');
    const check = (after: string) => checkOne(parsed, found, parseDockerfile(after, 'Dockerfile'));
    expect(check(text.replace('A b', 'A=b'))).toEqual([]);
    expect(check(text)).toEqual(['the finding is still there']);
    expect(check(text.replace('A b', 'A=c'))).toEqual(['a value is another one']);
    expect(check(text.replace('A b', 'A=b').replace('USER 1', 'USER 2'))).toEqual([
      'an instruction that no edit touches is another one',
    ]);
    expect(check(text.replace('ENV A b', 'ENW A=b'))).toContain('the file reads worse');
  });
});
