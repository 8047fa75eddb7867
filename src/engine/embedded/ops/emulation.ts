import { BuildError } from '../../../base/errors.ts';
import type { FileTree } from '../../../image/file-tree.ts';
import { formatPlatform } from '../../../image/platform.ts';
import type { Platform } from '../../../image/types.ts';
import type { Emulation } from '../../../worker/worker.ts';

export interface EmulationFacts {
  readonly platform: Platform;
  readonly machine: Platform;
  readonly emulation: Emulation;
  /** The files that the step begins with. */
  readonly root: () => Promise<FileTree | undefined>;
}

/**
 * Finds out before anything is unpacked whether the programs of a step can run.
 * @throws BuildError `EMULATION_MISSING`
 */
export async function checkEmulation({ platform, machine, emulation, root }: EmulationFacts): Promise<void> {
  if (emulation.kind === 'ready') return;
  if (emulation.kind === 'missing') throw missing(platform, machine, emulation.why);
  const { interpreter } = emulation;
  const found = await (await root())?.lookup(interpreter.replace(/^\/+/, ''));
  if (found !== undefined) return;
  throw missing(
    platform,
    machine,
    `the emulator ${interpreter} is registered without the flag F, so it has to be in the image, and it is not there`,
  );
}

function missing(platform: Platform, machine: Platform, why: string): BuildError {
  const { architecture } = platform;
  return new BuildError({
    kind: 'environment',
    code: 'EMULATION_MISSING',
    message: `RUN for ${formatPlatform(platform)} cannot work on this ${formatPlatform(machine)} machine: ${why}`,
    hint:
      platform.os !== machine.os
        ? `Build it on a machine with ${platform.os}.`
        : `Register an emulator: in a workflow the step docker/setup-qemu-action before this one, elsewhere "docker run --privileged --rm tonistiigi/binfmt --install ${architecture}" or the package qemu-user-static. A stage FROM --platform=$BUILDPLATFORM needs none.`,
  });
}
