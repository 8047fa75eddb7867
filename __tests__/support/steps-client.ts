// Plays main in a process of its own, for tests that change what programs this machine has: runs rounds of steps, those of a round at the same
// time, and prints what happened as JSON.
import { workerStarter } from '../../src/worker/process/client.ts';
import type { IsolationReport, LayerFile, Rung, RunRequest } from '../../src/worker/worker.ts';

export interface StepsRequest {
  readonly stateDir: string;
  readonly entry: readonly string[];
  readonly isolation: 'auto' | Rung;
  readonly root: LayerFile;
  /** Of shell scripts. */
  readonly rounds: readonly (readonly (Partial<RunRequest> & { readonly script: string })[])[];
}

export interface EndedStep {
  readonly exitCode?: number;
  readonly output: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface StepsAnswer {
  /** As it was told unasked, with the number of steps that had written anything or ended by then. */
  readonly told: readonly { readonly report: IsolationReport; readonly after: number }[];
  readonly notices: readonly string[];
  readonly steps: readonly EndedStep[];
  /** As asked for in the end. */
  readonly report?: IsolationReport;
  readonly error?: { readonly code: string; readonly message: string };
}

async function play({ rounds, root, ...request }: StepsRequest): Promise<StepsAnswer> {
  const notices: string[] = [];
  const told: { report: IsolationReport; after: number }[] = [];
  const steps: EndedStep[] = [];
  let after = 0;
  const start = workerStarter({ ...request, onNotice: (message) => notices.push(message) });
  try {
    await using worker = await start(undefined, { onIsolation: (report) => told.push({ report, after }) });
    let counter = 0;
    const run = async ({ script, ...more }: (typeof rounds)[0][0]): Promise<EndedStep> => {
      let output = '';
      try {
        await using ran = await worker.run(
          {
            id: `step-${process.pid}-${++counter}`,
            root: [root],
            args: ['/bin/sh', '-c', script],
            env: ['PATH=/bin'],
            cwd: '/',
            user: '',
            mounts: [],
            network: 'default',
            hostname: 'buildkitsandbox',
            extraHosts: [],
            ...more,
          },
          {
            onOutput: (chunk) => {
              after++;
              output += Buffer.from(chunk).toString('utf8');
            },
          },
        );
        after++;
        return { exitCode: ran.exitCode, output };
      } catch (error) {
        return { output, error: factsOf(error) };
      }
    };
    for (const round of rounds) steps.push(...(await Promise.all(round.map(run))));
    return { told, notices, steps, report: await worker.isolation() };
  } catch (error) {
    return { told, notices, steps, error: factsOf(error) };
  }
}

function factsOf(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code: string; message: string };
  return { code, message };
}

process.stdout.write(JSON.stringify(await play(JSON.parse(process.argv[2] ?? '{}') as StepsRequest)));
