// Two machines that share nothing: a step writes to a cache mount on the first, its archive is carried to the second, and a step reads there.
// As a script it plays main for tests that need main to be another user: request as JSON in its argument, answer as JSON.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MountArchive } from '../../src/image/mount-archive.ts';
import { workerStarter } from '../../src/worker/process/client.ts';
import type { CacheMount, LayerFile, Rung, Worker } from '../../src/worker/worker.ts';
import { bytesOf } from './cache-records.ts';

export interface CarryRequest {
  readonly stateDir: string;
  readonly entry: readonly string[];
  readonly isolation: 'auto' | Rung;
  readonly root: readonly LayerFile[];
  readonly write: string;
  readonly read: string;
  readonly sharing?: CacheMount['sharing'];
}

export interface CarryAnswer {
  readonly rung?: Rung;
  readonly limits?: readonly string[];
  /** What both steps printed. */
  readonly written?: string;
  readonly read?: string;
  readonly archive?: MountArchive;
  /** On the second machine: was it restored, is it known to be unchanged before the step and after it? */
  readonly restored?: boolean;
  readonly unchanged?: readonly boolean[];
  readonly error?: { readonly code: string; readonly message: string };
}

export function mountOf(id: string, fields: Partial<CacheMount> = {}): CacheMount {
  return {
    type: 'cache',
    id,
    platform: 'linux/amd64',
    target: '/cache',
    readonly: false,
    sharing: 'shared',
    source: '/',
    mode: 0o755,
    uid: 0,
    gid: 0,
    ...fields,
  };
}

let counter = 0;

/** What the step printed. */
export async function runWith(
  worker: Worker,
  root: readonly LayerFile[],
  script: string,
  ...mounts: readonly CacheMount[]
): Promise<string> {
  let output = '';
  await using run = await worker.run(
    {
      id: `carry-${++counter}`,
      root,
      args: ['/bin/sh', '-c', script],
      env: ['PATH=/bin'],
      cwd: '/',
      user: '',
      mounts,
      network: 'default',
      hostname: 'buildkitsandbox',
      extraHosts: [],
    },
    {
      onOutput: (chunk) => {
        output += Buffer.from(chunk).toString();
      },
    },
  );
  return run.exitCode === 0 ? output : `${output}exit code ${run.exitCode}`;
}

export async function packOf(
  worker: Worker,
  mount: CacheMount,
): Promise<{ readonly archive: MountArchive; readonly bytes: Buffer }> {
  let bytes: Buffer = Buffer.alloc(0);
  const archive = await worker.packCache(mount, async (source) => {
    bytes = (await bytesOf(source)) ?? bytes;
  });
  return { archive, bytes };
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

export async function carry(request: CarryRequest): Promise<CarryAnswer> {
  const { root, sharing = 'shared' } = request;
  const mount = mountOf('carried', { sharing });
  const machine = async (name: string): Promise<Worker> => {
    const stateDir = join(request.stateDir, name);
    await mkdir(stateDir);
    return workerStarter({ ...request, stateDir, onNotice: () => undefined })();
  };
  try {
    await using first = await machine('a');
    const written = await runWith(first, root, request.write, mount);
    const { archive, bytes } = await packOf(first, mount);
    await using second = await machine('b');
    const restored = await second.restoreCache(mount, archive, async () => once(bytes));
    const unchanged = async (): Promise<boolean> =>
      (await second.inspectCache(mount))?.archive === archive.digest;
    const before = await unchanged();
    const read = await runWith(second, root, request.read, mount);
    const { rung, limits } = await second.isolation();
    return { rung, limits, written, read, archive, restored, unchanged: [before, await unchanged()] };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { error: { code, message } };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await carry(JSON.parse(process.argv[2] ?? '{}') as CarryRequest)));
}
