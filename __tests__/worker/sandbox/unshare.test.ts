import { expect, test } from '@jest/globals';
import { UnshareSandbox } from '../../../src/worker/sandbox/unshare.ts';
import type { ProcessSpec } from '../../../src/worker/sandbox.ts';

const SPEC: Omit<ProcessSpec, 'account'> = {
  id: 'x',
  root: '/nonexistent',
  scratch: '/nonexistent',
  pipes: { stdout: '/nonexistent', stderr: '/nonexistent' },
  args: ['true'],
  env: [],
  cwd: '/',
  mounts: [],
  network: 'default',
  hostname: 'x',
  shmSize: 1,
  insecure: false,
  limits: [],
};

test.each([
  [0, { uid: 1, gid: 0 }],
  [0, { uid: 0, gid: 4242 }],
  [65_535, { uid: 70_000, gid: 0 }],
])('with ids up to %i, %o is told and not started', async (highestId, ids) => {
  const sandbox = new UnshareSandbox({ userns: true, groups: highestId > 0, highestId });
  const account = { ...ids, groups: [] };
  await expect(sandbox.run({ ...SPEC, account }, { onOutput: () => undefined })).rejects.toMatchObject({
    code: 'ID_NOT_MAPPED',
    kind: 'environment',
  });
});
