import { expect, test } from '@jest/globals';
import { checkRequest } from '../../../src/app/lint/check-request.ts';
import type { BuildEvent, BuildRequest } from '../../../src/engine/engine.ts';

function check(text: string, dockerignore: string): readonly BuildEvent[] {
  const events: BuildEvent[] = [];
  const lint = { enabled: true, failOn: 'none', config: { dockerignore } };
  checkRequest({ dockerfile: { path: 'Dockerfile', text }, lint } as unknown as BuildRequest, (event) =>
    events.push(event),
  );
  return events;
}

const TEXT = 'FROM debian:12\nUSER 1\n';

test('an ignore file that a build refuses is refused, whatever the threshold', () => {
  expect(() => check(TEXT, 'ok\n[a-\n')).toThrow(
    'The ignore file cannot be used: The pattern "[a-" cannot be read',
  );
  expect(check(TEXT, 'ok\n')).toEqual([]);
});

test('it is told with what is wrong with the Dockerfile', () => {
  expect(() => check(`${TEXT}RUM x\n`, '!\n')).toThrow(/RUM[\s\S]*ignore file/);
});
