import { text } from 'node:stream/consumers';
import { main } from './main.ts';

/** Connects the command line to this process: streams, environment, SIGINT and SIGTERM. */
export async function runCli(): Promise<void> {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // The second signal ends the process the usual way.
    process.once(name, () => abort.abort(new DOMException(`${name} received`, 'AbortError')));
  }
  // `| head` closes our output early; that is no fault of anybody.
  process.stdout.on('error', () => undefined);
  process.exitCode = await main(process.argv.slice(2), {
    stdout: (chunk) => void process.stdout.write(chunk),
    stderr: (chunk) => void process.stderr.write(chunk),
    interactive: process.stdout.isTTY === true,
    byteOutput: process.stdout,
    readStdin: () => text(process.stdin),
    stdin: () => process.stdin,
    environment: process.env,
    signal: abort.signal,
  });
}
