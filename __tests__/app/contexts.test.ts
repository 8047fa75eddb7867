import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contextAddress } from '../../src/app/contexts/context-address.ts';
import { dockerfileOnDisk } from '../../src/app/contexts/folder-context.ts';

const before = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contexts-'));
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'web', 'Dockerfile'), 'FROM scratch\n');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

describe('contexts of this machine', () => {
  test('a Dockerfile is called as Git calls it, so that annotations find it', () => {
    const written = ['web/Dockerfile', './web/Dockerfile', 'web/../web//Dockerfile', 'web/./Dockerfile'];
    for (const file of [...written, join(process.cwd(), 'web/Dockerfile')])
      expect(dockerfileOnDisk(file).path).toBe('web/Dockerfile');
    process.chdir('web');
    expect(dockerfileOnDisk('../web/Dockerfile').path).toBe('Dockerfile');
    process.chdir(folder);
  });

  test.each([
    ['none', 'The Dockerfile none is not there'],
    ['web', 'The Dockerfile web is a folder'],
    ['web/Dockerfile/x', 'The Dockerfile web/Dockerfile/x is not there'],
    ['', 'The Dockerfile is named by nothing'],
  ])('no Dockerfile at "%s" is told in words', (file, message) => {
    expect(() => dockerfileOnDisk(file)).toThrow(
      expect.objectContaining({ code: 'DOCKERFILE_NOT_FOUND', message }),
    );
  });

  test("docker/build-push-action's default context is told what stands for it here", () => {
    expect(() => contextAddress('{{defaultContext}}:web')).toThrow(
      expect.objectContaining({
        code: 'CONTEXT_NOT_SUPPORTED',
        hint: expect.stringContaining('the folder itself'),
      }),
    );
  });
});
