import { describe, expect, test } from '@jest/globals';
import { buildArgs, labels } from '../../../src/app/options/key-values.ts';

describe('labels', () => {
  test('are split at the first =; one without is empty, as in docker build', () => {
    expect(labels(['a=b=c', 'd=', 'e', 'a=last'])).toEqual({ a: 'last', d: '', e: '' });
  });

  test('need a name', () => {
    expect(() => labels(['=x'])).toThrow('"=x"');
  });
});

test('build args without = come from the environment, or not at all', () => {
  expect(buildArgs(['a=1', 'b', 'c', 'd='], { b: '2' })).toEqual({ a: '1', b: '2', d: '' });
});
