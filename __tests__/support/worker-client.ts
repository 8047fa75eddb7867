// Plays main for tests that need main to be another user: reads a request as JSON from its argument and prints what happened as JSON.
import type { Entry } from '../../src/image/layer/entry.ts';
import { workerStarter } from '../../src/worker/process/client.ts';
import type { LayerFile, Rung } from '../../src/worker/worker.ts';

export interface ClientRequest {
  readonly stateDir: string;
  readonly entry: readonly string[];
  readonly isolation: 'auto' | Rung;
  readonly root: readonly LayerFile[];
  readonly script: string;
  readonly user?: string;
}

export interface ClientAnswer {
  readonly isolation?: {
    readonly rung: Rung;
    readonly snapshotter: string;
    readonly privilege: string;
    readonly reasons: readonly string[];
    readonly limits: readonly string[];
  };
  readonly notices: readonly string[];
  readonly exitCode?: number;
  readonly output?: string;
  /** `path type uid:gid` of each change, with its capabilities in hexadecimal where it has some. */
  readonly changes?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

function capabilityOf({ xattrs }: Entry): string {
  const value = xattrs?.get('security.capability');
  return value === undefined ? '' : ` ${Buffer.from(value).toString('hex')}`;
}

async function play(request: ClientRequest): Promise<ClientAnswer> {
  const notices: string[] = [];
  try {
    const start = workerStarter({ ...request, onNotice: (message) => notices.push(message) });
    await using worker = await start();
    let output = '';
    await using run = await worker.run(
      {
        id: 'only',
        root: request.root,
        args: ['/bin/sh', '-c', request.script],
        env: ['PATH=/bin'],
        cwd: '/',
        user: request.user ?? '',
        mounts: [],
        network: 'default',
        hostname: 'buildkitsandbox',
        extraHosts: [],
      },
      {
        onOutput: (chunk) => {
          output += Buffer.from(chunk).toString('utf8');
          if (output.includes('READY')) process.stderr.write('READY\n');
        },
      },
    );
    const changes: string[] = [];
    for await (const { entry } of run.changes())
      changes.push(`${entry.path} ${entry.type} ${entry.uid}:${entry.gid}${capabilityOf(entry)}`);
    return { isolation: await worker.isolation(), notices, exitCode: run.exitCode, output, changes };
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint: string };
    return { notices, error: { code, message, hint } };
  }
}

process.stdout.write(JSON.stringify(await play(JSON.parse(process.argv[2] ?? '{}') as ClientRequest)));
