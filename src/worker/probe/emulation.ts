import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exec } from '../../base/exec.ts';
import { formatPlatform } from '../../image/platform.ts';
import type { Platform } from '../../image/types.ts';
import type { Emulation } from '../worker.ts';
import { EXIT_CODE, elfProgram } from './elf-program.ts';

/** Linux Documentation/admin-guide/binfmt-misc.rst. */
const BINFMT = '/proc/sys/fs/binfmt_misc';

interface Handler {
  readonly name: string;
  readonly enabled: boolean;
  readonly interpreter: string;
  readonly fixed: boolean;
}

/**
 * Looks at what is registered with binfmt_misc, and runs the smallest program of the platform: a container may use what the machine has
 * registered without seeing it, and some processors run the programs of others by themselves.
 * @param machine this one
 * @param folder where binfmt_misc is mounted
 */
export async function findEmulation(
  platform: Platform,
  machine: Platform,
  folder: string = BINFMT,
): Promise<Emulation> {
  if (platform.os === machine.os && platform.architecture === machine.architecture) return { kind: 'ready' };
  if (platform.os !== 'linux')
    return { kind: 'missing', why: `programs for ${platform.os} cannot be run on ${machine.os}` };
  const program = elfProgram(platform);
  if (program === undefined)
    return { kind: 'missing', why: `programs for ${formatPlatform(platform)} are not known` };
  const handlers = registered(folder, program.header);
  const handler = handlers.find(({ enabled }) => enabled);
  const runs = program.file === undefined ? undefined : await tryProgram(program.file);
  if (handler?.fixed === false) return { kind: 'in-root', interpreter: handler.interpreter };
  if (runs === true || (runs === undefined && handler !== undefined)) return { kind: 'ready' };
  return { kind: 'missing', why: reasonFor(folder, handlers) };
}

/** Entries for files that begin like this. */
function registered(folder: string, header: Buffer): readonly Handler[] {
  return namesIn(folder)
    .filter((name) => name !== 'register' && name !== 'status')
    .flatMap((name) => {
      const text = readText(join(folder, name));
      return text !== undefined && matches(text, header) ? [handlerOf(name, text)] : [];
    });
}

function matches(text: string, header: Buffer): boolean {
  const bytes = (field: string): Buffer =>
    Buffer.from(new RegExp(`^${field} ([0-9a-f]+)$`, 'm').exec(text)?.[1] ?? '', 'hex');
  const offset = Number(/^offset (\d+)$/m.exec(text)?.[1] ?? '0');
  const [magic, mask] = [bytes('magic'), bytes('mask')];
  if (magic.length === 0 || offset + magic.length > header.length) return false;
  return magic.every((byte, i) => {
    const bits = mask[i] ?? 0xff;
    return (byte & bits) === ((header[offset + i] ?? 0) & bits);
  });
}

function handlerOf(name: string, text: string): Handler {
  return {
    name,
    enabled: /^enabled$/m.test(text),
    interpreter: /^interpreter (.*)$/m.exec(text)?.[1] ?? '',
    fixed: /^flags: .*F/m.test(text),
  };
}

function reasonFor(folder: string, handlers: readonly Handler[]): string {
  const [handler] = handlers;
  if (handler !== undefined)
    return handler.enabled
      ? `the emulator ${handler.interpreter} does not run`
      : `binfmt_misc has ${handler.name}, which is disabled`;
  const status = readText(join(folder, 'status'))?.trim();
  if (status === undefined) return 'binfmt_misc is not mounted';
  return status === 'enabled' ? 'binfmt_misc has no entry for it' : 'binfmt_misc is disabled';
}

/** Whether it ended as it should; undefined when it could not be tried. */
async function tryProgram(file: Buffer): Promise<boolean | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'emulation-'));
  const path = join(folder, 'program');
  try {
    writeFileSync(path, file);
    chmodSync(path, 0o755);
    return (await exec([path])).exitCode === EXIT_CODE;
  } catch {
    // Nothing may be executed there, for example.
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
