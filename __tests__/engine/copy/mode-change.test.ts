import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseModeChange } from '../../../src/engine/embedded/copy/mode-change.ts';
import { codeOf } from '../../support/bytes.ts';

describe('--chmod', () => {
  test.each([
    ['644', 0o4711, 0o644],
    ['4755', 0o600, 0o4755],
    ['0', 0o777, 0],
    ['u+x,go-r', 0o644, 0o700],
    ['a=rw,g-w', 0o640, 0o646],
    ['=', 0o4777, 0],
    ['u=rwX,go=rX', 0o640, 0o644],
    ['u=rwX,go=rX', 0o100, 0o755],
    ['a+X', 0o640, 0o640],
    ['go=u', 0o750, 0o777],
    ['g=u-w', 0o700, 0o750],
    ['u=g', 0o750, 0o550],
    ['a=u', 0o740, 0o777],
    ['u+s', 0o755, 0o4755],
    ['+s', 0o755, 0o6755],
    ['o+s', 0o755, 0o755],
    ['+t', 0o755, 0o1755],
    ['a=r', 0o6755, 0o444],
    ['+x', 0o644, 0o755],
    ['u+r-w', 0o600, 0o400],
  ])('%s of %o', (text, before, after) => {
    expect(parseModeChange(text).apply(before, false).toString(8)).toBe(after.toString(8));
  });

  test('folders count as executable', () => {
    expect(parseModeChange('a+X').apply(0o700, true)).toBe(0o711);
    expect(parseModeChange('u=rwX,go=rX').apply(0o600, true)).toBe(0o755);
  });

  test('folders on the way take permission bits of octal modes only', () => {
    expect(parseModeChange('2750').madeFolder).toBe(0o750);
    expect(parseModeChange('u+x').madeFolder).toBeUndefined();
  });

  test.each(['8', '64a', '10000', '-1', 'u', 'u+x,', ',u+x', 'x+r', 'u+q', 'rw'])(
    '%s is refused',
    async (text) => {
      expect(await codeOf(() => parseModeChange(text))).toBe('BAD_CHMOD');
    },
  );

  test('agrees with GNU chmod, where BSD does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chmod-'));
    try {
      const path = join(folder, 'file');
      writeFileSync(path, '');
      for (const text of ['go-w,u+x', 'ug=rwx,o=', 'g+s,u-s', 'a=rX']) {
        for (const mode of [0o644, 0o4755, 0o700, 0o2751]) {
          chmodSync(path, mode);
          const { status } = spawnSync('chmod', [text, path]);
          expect(status).toBe(0);
          const expected = statSync(path).mode & 0o7777;
          expect([text, parseModeChange(text).apply(mode, false).toString(8)]).toEqual([
            text,
            expected.toString(8),
          ]);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
