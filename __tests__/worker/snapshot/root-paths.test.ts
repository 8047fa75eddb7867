import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RootPaths } from '../../../src/worker/snapshot/root-paths.ts';

describe('mount points', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'root-paths-'));
    for (const name of ['one', 'two', 'cache']) mkdirSync(join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('are taken away, with the folders above them', () => {
    const paths = new RootPaths(join(folder, 'one'));
    paths.mountPoint('/a/b', 'folder');
    paths.mountPoint('/a/file', 'file');
    paths.removeStubs();
    expect(existsSync(join(folder, 'one/a'))).toBe(false);
  });

  test('in a folder that other steps have too stay there: one of them may be about to mount', () => {
    const steps = ['one', 'two'].map((name) => {
      const paths = new RootPaths(join(folder, name));
      paths.cover(paths.mountPoint('/cache', 'folder').inside, join(folder, 'cache'), { shared: true });
      paths.mountPoint('/cache/inner', 'folder');
      return paths;
    });
    steps[0]?.removeStubs();
    expect(existsSync(join(folder, 'one/cache'))).toBe(false);
    expect(existsSync(join(folder, 'cache/inner'))).toBe(true);
    expect(steps[1]?.mountPoint('/cache/inner', 'folder').stat?.isDirectory()).toBe(true);
  });

  test('are not made behind a symlink that took the place of a folder meanwhile', () => {
    for (const name of ['cache/sub', 'outside']) mkdirSync(join(folder, name));
    const paths = new SwappedPaths(join(folder, 'one'));
    paths.cover(paths.mountPoint('/cache', 'folder').inside, join(folder, 'cache'), { shared: true });
    paths.swap = () => {
      rmSync(join(folder, 'cache/sub'), { recursive: true, force: true });
      symlinkSync(join(folder, 'outside'), join(folder, 'cache/sub'));
    };
    expect(() => paths.mountPoint('/cache/sub/inner', 'folder')).toThrow(/cannot be mounted/);
    expect(readdirSync(join(folder, 'outside'))).toEqual([]);
  });
});

/** Another step that is quick: what was found changes before it is used. */
class SwappedPaths extends RootPaths {
  swap: () => void = () => undefined;

  override resolve(path: string): ReturnType<RootPaths['resolve']> {
    const found = super.resolve(path);
    this.swap();
    return found;
  }
}
