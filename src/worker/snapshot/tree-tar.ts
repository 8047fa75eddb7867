import { BuildError } from '../../base/errors.ts';
import { start } from '../../base/exec.ts';
import { encodeName } from '../../image/layer/entry-name.ts';

const STDERR_TAIL = 2048;
const NUL = Buffer.from([0]);
const EMPTY_ARCHIVE = Buffer.alloc(1024);

/**
 * These nodes of the folder, in this order, as a POSIX tar with all attributes and times to the nanosecond: one tar process, told its
 * members through stdin.
 * @param more options of tar
 * @throws BuildError `DIFF_FAILED`
 */
export async function* tarOf(
  folder: string,
  paths: readonly string[],
  signal?: AbortSignal,
  more: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  if (paths.length === 0) {
    yield EMPTY_ARCHIVE;
    return;
  }
  const format = ['--format=posix', '--pax-option=delete=atime,delete=ctime', '--numeric-owner'];
  const content = ['--xattrs', '--xattrs-include=*', '--no-recursion', '--null', '--files-from=-'];
  await using tar = start(['tar', '-c', '-C', folder, '-f', '-', ...format, ...more, ...content], { signal });
  tar.stdin.end(Buffer.concat(paths.flatMap((path) => [encodeName(path), NUL])));
  let words = '';
  tar.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-STDERR_TAIL);
  });
  yield* tar.stdout as AsyncIterable<Buffer>;
  const { exitCode } = await tar.done;
  signal?.throwIfAborted();
  if (exitCode === 0) return;
  throw new BuildError({
    kind: 'environment',
    code: 'DIFF_FAILED',
    message: `The changes of a step could not be read: ${words.trim()}`,
  });
}
