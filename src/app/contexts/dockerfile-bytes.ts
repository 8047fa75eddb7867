import { BuildError } from '../../base/errors.ts';

/** Nobody writes a longer Dockerfile; something else was meant. Bytes. */
const LONGEST = 8 * 1024 * 1024;

/**
 * The text of a Dockerfile that comes as a stream.
 * @param name what messages call the stream
 * @throws BuildError `NOT_A_DOCKERFILE`
 */
export async function dockerfileFrom(bytes: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LONGEST) throw notADockerfile(name, `it is longer than ${LONGEST} bytes`);
    chunks.push(chunk);
  }
  const all = Buffer.concat(chunks);
  if (all.includes(0)) throw notADockerfile(name, 'it has zero bytes in it');
  if (all.toString('utf8').trim() === '') throw notADockerfile(name, 'it is empty');
  return all.toString('utf8');
}

function notADockerfile(name: string, why: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'NOT_A_DOCKERFILE',
    message: `${name} is neither a Dockerfile nor an archive that can be read: ${why}`,
    hint: 'Archives are tar files, plain or compressed with gzip, bzip2, xz or zstd.',
  });
}
