import { describe, expect, test } from '@jest/globals';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const told = (text: string, config: LintConfig = {}) =>
  lint(parseDockerfile(`FROM debian:12\nUSER 1\n${text}`, 'Dockerfile'), config)
    .filter(({ rule }) => rule === 'TSIB1021')
    .map(({ at, message }) => `${at.start.line}:${at.start.column}-${at.end.column} ${message}`);

describe('ignore comments that silence nothing', () => {
  test.each([
    ['# hadolint ignore=DL3003\nRUN cd /x && y\n', []],
    ['# hadolint ignore=DL3003\nRUN x\n', ['3:1-25 Nothing to ignore here: DL3003']],
    ['# hadolint ignore=DL3003,DL3004\nRUN cd /x && y\n', ['3:1-32 Nothing to ignore here: DL3004']],
    ['# hadolint global ignore=DL3003\nRUN x\n', ['3:1-32 Nothing to ignore here: DL3003']],
    ['# hadolint global ignore=DL3003\nRUN cd /x && y\n', []],
    ['# hadolint stage ignore=DL3003\nFROM a:1\nRUN cd /x && y\n', []],
    ['# hadolint stage ignore=DL3003\nFROM a:1\nRUN x\n', ['3:1-31 Nothing to ignore here: DL3003']],
    ['# why\n  # hadolint ignore=DL3003\nRUN x\n', ['4:3-27 Nothing to ignore here: DL3003']],
    ['# hadolint ignore=DL3004\nONBUILD RUN sudo x\n', []],
    // Two names of one finding.
    ['# hadolint ignore=JSONArgsRecommended\nCMD x\n', []],
    // Nothing can be said of these.
    ['# hadolint ignore=SC2086,SC9999,DL3026,DL3049,DL3057,nonsense\nRUN x\n', []],
    // It may be silenced itself.
    ['# hadolint global ignore=TSIB1021\n# hadolint ignore=DL3003\nRUN x\n', []],
  ])('%j', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('not where the rule or the comments are switched off', () => {
    const text = '# hadolint ignore=DL3003\nRUN x\n';
    expect(told(text, { ignored: ['DL3003'] })).toEqual([]);
    expect(told(text, { disableIgnorePragma: true })).toEqual([]);
    expect(told(text, { ignored: ['TSIB1021'] })).toEqual([]);
  });
});

test('a reason may hold any character', () => {
  for (const reason of ['\u2028 why', '\r why', '# why', ': why'])
    for (const end of ['\n', '\r\n']) {
      const text = `FROM debian:12\n# hadolint ignore=DL3003 ${reason}${end}RUN cd /x && y\nUSER 1\n`;
      expect([reason, lint(parseDockerfile(text, 'Dockerfile')).map(({ rule }) => rule)]).toEqual([
        reason,
        [],
      ]);
    }
});
