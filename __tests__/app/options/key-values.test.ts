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

test.each(['foo=bar', 'skip', 'error=maybe', 'skip=all;;'])('a check argument %s is refused', (value) => {
  expect(() => buildArgs([`BUILDKIT_DOCKERFILE_CHECK=${value}`], {})).toThrow(
    'The build argument BUILDKIT_DOCKERFILE_CHECK cannot be read',
  );
});

test('build args without = come from the environment, or not at all', () => {
  expect(buildArgs(['a=1', 'b', 'c', 'd='], { b: '2' })).toEqual({ a: '1', b: '2', d: '' });
});
