import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hostPlatform } from '../../../src/image/platform.ts';
import { elfProgram } from '../../../src/worker/probe/elf-program.ts';
import { findEmulation } from '../../../src/worker/probe/emulation.ts';

const AMD64 = { os: 'linux', architecture: 'amd64' };
/** Nobody registers an emulator for it by chance, and no program for it can be tried. */
const LOONG = { os: 'linux', architecture: 'loong64' };
/** As qemu-binfmt-conf.sh registers it. */
const LOONG_MAGIC = `magic 7f454c4602010100000000000000000002000201\nmask ffffffffffffff00fffffffffffffffffeffffff`;
const AARCH64_MAGIC = `magic 7f454c460201010000000000000000000200b700\nmask ffffffffffffff00fffffffffffffffffeffffff`;

describe('emulation', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'binfmt-'));
    writeFileSync(join(folder, 'status'), 'enabled\n');
    writeFileSync(join(folder, 'register'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const register = (name: string, state: string, flags: string, magic: string): void =>
    writeFileSync(
      join(folder, name),
      `${state}\ninterpreter /usr/bin/${name}\nflags: ${flags}\noffset 0\n${magic}\n`,
    );

  test('the own architecture needs none, whatever its variant', async () => {
    expect(await findEmulation({ ...AMD64, variant: 'v3' }, AMD64, folder)).toEqual({ kind: 'ready' });
  });

  test('an entry counts by its magic, not by its name', async () => {
    register('qemu-loongarch64', 'enabled', 'F', AARCH64_MAGIC);
    expect(await findEmulation(LOONG, AMD64, folder)).toEqual({
      kind: 'missing',
      why: 'binfmt_misc has no entry for it',
    });
    register('anything', 'enabled', 'POCF', LOONG_MAGIC);
    expect(await findEmulation(LOONG, AMD64, folder)).toEqual({ kind: 'ready' });
  });

  test('without the flag F the emulator has to be in the image', async () => {
    register('qemu-loongarch64', 'enabled', 'OC', LOONG_MAGIC);
    expect(await findEmulation(LOONG, AMD64, folder)).toEqual({
      kind: 'in-root',
      interpreter: '/usr/bin/qemu-loongarch64',
    });
  });

  test('why there is none', async () => {
    const why = async (): Promise<unknown> => {
      const found = await findEmulation(LOONG, AMD64, folder);
      return found.kind === 'missing' ? found.why : found.kind;
    };
    register('qemu-loongarch64', 'disabled', 'F', LOONG_MAGIC);
    expect(await why()).toBe('binfmt_misc has qemu-loongarch64, which is disabled');
    rmSync(join(folder, 'qemu-loongarch64'));
    writeFileSync(join(folder, 'status'), 'disabled\n');
    expect(await why()).toBe('binfmt_misc is disabled');
    rmSync(join(folder, 'status'));
    expect(await why()).toBe('binfmt_misc is not mounted');
    expect(await findEmulation({ os: 'windows', architecture: 'amd64' }, AMD64, folder)).toMatchObject({
      why: 'programs for windows cannot be run on linux',
    });
    expect(await findEmulation({ os: 'linux', architecture: 'vax' }, AMD64, folder)).toMatchObject({
      why: 'programs for linux/vax are not known',
    });
  });

  test('a program of this machine really runs, also where nothing is registered', async () => {
    rmSync(join(folder, 'status'));
    const own = hostPlatform('linux', process.arch);
    const other = { os: 'linux', architecture: own.architecture === 'arm64' ? 'amd64' : 'arm64' };
    expect(await findEmulation(own, other, folder)).toEqual({ kind: 'ready' });
  });

  test('programs begin as their machines want', () => {
    expect(elfProgram({ architecture: 's390x' })?.file?.toString('hex').slice(0, 48)).toBe(
      '7f454c46020201000000000000000000000200160000000100'.slice(0, 48),
    );
    expect(elfProgram({ architecture: 'arm' })?.file?.length).toBe(52 + 32 + 12);
    expect(elfProgram({ architecture: 'vax' })).toBeUndefined();
  });
});
