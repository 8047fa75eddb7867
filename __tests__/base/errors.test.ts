import { expect, test } from '@jest/globals';
import { reasonOf } from '../../src/base/errors.ts';

test('a host of which all addresses refuse is told with each reason', () => {
  const causes = ['connect ECONNREFUSED ::1:9', 'connect ECONNREFUSED 127.0.0.1:9'].map(
    (text) => new TypeError(text),
  );
  expect(reasonOf(new AggregateError(causes, ''))).toBe(
    'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9',
  );
});
