import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { BuildError } from '../../base/errors.ts';

const NEWLINE = 0x0a;
const MAX_FIRST_LINE = 64 * 1024;

/**
 * The first line of a stream; what follows it stays unread.
 * @throws BuildError `WORKER_PROTOCOL` when the stream ends before
 */
export async function readFirstLine(stream: Readable): Promise<string> {
  let seen: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk === null) {
      if (stream.readableEnded || stream.destroyed)
        throw protocolError('the connection ended before its first line');
      await Promise.race([once(stream, 'readable'), once(stream, 'end'), once(stream, 'close')]);
      continue;
    }
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf(NEWLINE);
    if (end !== -1) {
      const rest = seen.subarray(end + 1);
      if (rest.length > 0) stream.unshift(rest);
      return seen.toString('utf8', 0, end);
    }
    if (seen.length > MAX_FIRST_LINE) throw protocolError('the first line is too long');
  }
}

/** JSON values, one a line, until the stream ends. An end in the middle of a line is dropped: its sender is gone. */
export async function* readMessages<T>(stream: Readable): AsyncGenerator<T> {
  let pieces: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      pieces.push(chunk.subarray(from, end));
      yield JSON.parse(Buffer.concat(pieces).toString('utf8')) as T;
      pieces = [];
      from = end + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
}

export function writeMessage(socket: Socket, message: unknown): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

export function protocolError(what: string): BuildError {
  return new BuildError({
    kind: 'bug',
    code: 'WORKER_PROTOCOL',
    message: `Talk with the worker broke: ${what}`,
  });
}
