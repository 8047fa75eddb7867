import { expect, test } from '@jest/globals';
import { processCommand } from '../../../src/worker/sandbox/namespace-script.ts';

test('groups are numbers to setpriv, whatever groups the image names', () => {
  const command = processCommand({
    spec: { account: { uid: 0, gid: 88, groups: [88, 2001] }, limits: [], cwd: '/' },
    programs: { setpriv: 'setpriv', env: 'env', unshare: 'unshare', prlimit: 'prlimit' },
    command: ['id'],
    environment: { early: [] },
    groups: true,
    bounding: false,
  } as unknown as Parameters<typeof processCommand>[0]);
  expect(command).toContain('--regid=+88');
  expect(command).toContain('--groups=+88,+2001');
});
