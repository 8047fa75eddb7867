import { addAbortSignal, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { BuildError, toBuildError } from '../../base/errors.ts';
import { drainOf } from '../drain.ts';
import { guarded } from '../report/runner-command.ts';
import { fail, failAsJson } from './failure.ts';
import type { Screen } from './live-progress.ts';
import { main } from './main.ts';
import { tooOldNode } from './node-version.ts';

/** Connects the command line to this process: streams, environment, SIGINT and SIGTERM. */
export async function runCli(): Promise<void> {
  const tooOld = tooOldNode(process.versions.node);
  if (tooOld !== undefined) {
    process.stderr.write(tooOld);
    process.exitCode = 1;
    return;
  }
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // The second signal ends the process the usual way.
    process.once(name, () => abort.abort(new DOMException(`${name} received`, 'AbortError')));
  }
  const failures: NodeJS.ErrnoException[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever reads our output may stop (`| head`); that is no fault of anybody.
    stream.on(
      'error',
      (error: NodeJS.ErrnoException) => void (error.code === 'EPIPE' || failures.push(error)),
    );
  }
  // Nobody may ever write to it: the first signal ends the wait.
  const stdin = (): Readable =>
    addAbortSignal(
      abort.signal,
      process.stdin.on('error', () => undefined),
    );
  const messages = {
    stderr: guarded((chunk) => void process.stderr.write(chunk), process.env),
    ...(process.stderr.isTTY ? { screen: () => sizeOf(process.stderr) } : {}),
  };
  let isJson = false;
  const tell = (error: BuildError): number =>
    isJson ? failAsJson(error, messages) : fail(error, messages, {});
  process.once('uncaughtException', (thrown) => process.exit(tell(toBuildError(thrown))));
  const code = await main(process.argv.slice(2), {
    ...messages,
    jsonOnly: () => {
      isJson = true;
    },
    drained: drainOf(process.stderr),
    stdout: (chunk) => void process.stdout.write(chunk),
    interactive: process.stdout.isTTY === true,
    byteOutput: process.stdout,
    readStdin: () => text(stdin()),
    stdin,
    environment: process.env,
    signal: abort.signal,
  });
  // Errors of writing come behind it.
  await new Promise((resolve) => process.stdout.write('', resolve));
  // The same goes for all that is written to it.
  const [cause] = failures;
  if (cause !== undefined) tell(outputNotWritten(cause));
  process.exitCode = failures.length > 0 && code === 0 ? 1 : code;
}

function outputNotWritten(cause: Error): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'OUTPUT_NOT_WRITTEN',
    message: `The output could not be written: ${cause.message}`,
    cause,
  });
}

/** Some terminals, those of tests among them, do not know their size. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): Screen {
  return { columns: columns || 80, rows: rows || 24 };
}
