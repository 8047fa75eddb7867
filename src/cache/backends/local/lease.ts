import { randomUUID } from 'node:crypto';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../base/make-folder.ts';

/** A build that works with a folder. Nothing that it has used is deleted there before it ends. */
export type Lease = AsyncDisposable;

/** How often a lease shows that its build is alive. Milliseconds. */
const HEARTBEAT = 30_000;
/** A lease that did not show this for so long is of a build that was killed. Milliseconds. */
const LIFE = 5 * 60_000;

/**
 * Tells others that a build works with what a folder holds, by a file `builds/<milliseconds since 1970>-<id>` whose time moves on. No process IDs:
 * a folder may be shared by containers and machines. A folder that cannot be written has no leases, and nobody who cleans it up.
 */
export async function takeLease(folder: string, now = Date.now()): Promise<Lease> {
  const file = join(folder, 'builds', `${now}-${randomUUID()}`);
  try {
    makeFolder(join(folder, 'builds'));
    await writeFile(file, '');
  } catch {
    return { [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  let beating: Promise<void> = Promise.resolve();
  const beat = setInterval(() => {
    const time = new Date();
    // Gone: this machine slept for so long that another one took the build for killed.
    beating = utimes(file, time, time).catch(() => writeFile(file, '').catch(() => undefined));
  }, HEARTBEAT);
  beat.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(beat);
      await beating;
      await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

/** When the first of the builds began that still work with the folder, in milliseconds since 1970; undefined for none. Sweeps up the others. */
export async function firstLease(folder: string, now = Date.now()): Promise<number | undefined> {
  const names = await readdir(join(folder, 'builds')).catch(() => []);
  const began = await Promise.all(
    names.map(async (name): Promise<number[]> => {
      const file = join(folder, 'builds', name);
      const seen = await stat(file).catch(() => undefined);
      if (seen === undefined) return [];
      if (now - seen.mtimeMs < LIFE) return [Number(/^\d+/.exec(name)?.[0] ?? seen.mtimeMs)];
      await rm(file, { force: true }).catch(() => undefined);
      return [];
    }),
  );
  const all = began.flat();
  return all.length === 0 ? undefined : Math.min(...all);
}
