import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { exec } from '../../../src/base/exec.ts';
import { insideAlone, processCommand } from '../../../src/worker/sandbox/namespace-script.ts';
import { quote } from '../../../src/worker/sandbox/shell-words.ts';
import { needs, testWith } from '../../support/needs.ts';

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

testWith(needs.root)(
  'a mount that a symlink leads out of the root is seen before anything else is started',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inside\\ alone-'));
    try {
      const root = join(folder, 'root');
      mkdirSync(join(root, 'cache/folder'), { recursive: true });
      for (const name of ['outside', 'root beside']) mkdirSync(join(folder, name));
      for (const path of ['outside/program', 'root beside/program', 'root/cache/folder/program'])
        writeFileSync(join(folder, path), '');
      symlinkSync(join(folder, 'outside'), join(root, 'cache/out'));
      symlinkSync(join(folder, 'root beside'), join(root, 'cache/beside'));
      const tried = async (target: string): Promise<string> => {
        const binds = [
          `mount -n --bind ${quote(root)} ${quote(root)}`,
          `mount -n --bind /etc/hostname ${quote(join(root, target))}`,
        ];
        const script = [...insideAlone(root, binds), 'echo started'].join('\n');
        const argv = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script];
        const { stdout, stderr, exitCode } = await exec(argv);
        return `${exitCode} ${stdout}${stderr}`.trim();
      };
      expect(await tried('cache/folder/program')).toBe('0 started');
      for (const target of ['cache/out/program', 'cache/beside/program'])
        expect(await tried(target)).toMatch(/^125 a mount would have covered files of this machine$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
