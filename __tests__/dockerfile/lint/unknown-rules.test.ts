import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { unknownRules } from '../../../src/dockerfile/lint/unknown-rules.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

function told(comment: string): readonly string[] {
  return lint(parseDockerfile(`# ${comment}\nFROM debian:12\nUSER 1\n`, 'Dockerfile'))
    .filter(({ rule }) => rule === 'TSIB1017')
    .map(({ message, at }) => `${at.start.line} ${message}`);
}

describe('names that no rule has', () => {
  test.each<[string, string | undefined]>([
    ['DL3006', undefined],
    ['TSIB1001', undefined],
    ['SC9999', undefined],
    ['DL1000', undefined],
    ['DL9999', 'DL9999'],
    ['DL3099', 'DL3099'],
    ['TSIB9999', 'TSIB9999'],
    ['DL308', 'DL308'],
    ['DL3005', 'DL3005 (hadolint has it no more)'],
    ['DL3O08', 'DL3O08 (did you mean DL3008?)'],
    ['dl3008', 'dl3008 (did you mean DL3008?)'],
    ['sc2086', 'sc2086 (did you mean SC2086?)'],
    ['SC2O35', 'SC2O35 (did you mean SC2035?)'],
    ['SC9O99', 'SC9O99 (did you mean SC9099?)'],
    ['TSIBl001', 'TSIBl001 (did you mean TSIB1001?)'],
    ['FromAsCasng', 'FromAsCasng (did you mean FromAsCasing?)'],
    ['fromascasing', 'fromascasing (did you mean FromAsCasing?)'],
    ['Anything', 'Anything'],
  ])('%s', (id, expected) => {
    expect(unknownRules({ ignored: [id] })).toEqual(expected === undefined ? [] : [expected]);
    expect(told(`hadolint global ignore=${id}`)).toEqual(
      expected === undefined ? [] : [`1 There is no rule ${expected}`],
    );
  });

  test('all of a comment and of a configuration are told at once', () => {
    expect(told('hadolint ignore=DL9999,DL3006,Anything,DL9999')).toEqual([
      '1 There is no rule DL9999, nor Anything',
    ]);
    expect(unknownRules({ ignored: ['A', 'B'], override: { error: ['A', 'C', 'DL3006'] } })).toEqual([
      'A',
      'B',
      'C',
    ]);
  });
});
