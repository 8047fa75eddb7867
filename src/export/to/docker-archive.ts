import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError, reasonOf } from '../../base/errors.ts';
import { exec, start } from '../../base/exec.ts';
import { writeTar } from '../../image/layer/tar-write.ts';
import { compressionOf } from '../../image/media-types.ts';
import { formatPlatform, selectPlatform } from '../../image/platform.ts';
import type { Platform } from '../../image/types.ts';
import type { Exporter, ExportImage, ExportRequest } from '../exporter.ts';
import { destinationOf } from './destination.ts';
import {
  dockerManifestFile,
  indexEntries,
  indexFile,
  layoutFiles,
  layoutMembers,
  namesOf,
} from './layout.ts';

export interface DockerArchiveOptions {
  /** A path, or `-` for standard output. */
  readonly dest: string;
  /** Names in the archive; undefined: the references of the build. */
  readonly names?: readonly string[] | undefined;
  /** Which one of several platforms; the archive holds one. */
  readonly platform: Platform;
  readonly stdout: NodeJS.WritableStream;
}

/**
 * Writes what `docker save` writes and `docker load` reads. It is an OCI layout too, with the same manifest: tools that know either
 * format take it.
 */
export function dockerArchiveExporter(options: DockerArchiveOptions): Exporter {
  const destination = destinationOf(options.dest, options.stdout);
  return {
    type: 'docker',
    description: `write a Docker archive to ${destination.name}`,
    async check(_signal, platforms = []) {
      checkPlatform(platforms, options.platform);
      await destination.check();
    },
    async export(request) {
      const single = onePlatform(request, options.platform);
      const bytesSent = await destination.write(archive(single, options.names), request.signal);
      return {
        descriptor: single.image.manifest.descriptor,
        locations: [destination.name],
        bytesSent,
        bytesSkipped: 0,
      };
    },
  };
}

export interface DockerLoadOptions extends Omit<DockerArchiveOptions, 'dest' | 'stdout'> {
  /** The whole environment of the docker command: PATH, HOME, DOCKER_HOST … */
  readonly env: Readonly<Record<string, string>>;
}

/** Loads the image into a Docker daemon, through the docker command. */
export function dockerLoadExporter(options: DockerLoadOptions): Exporter {
  return {
    type: 'docker',
    description: 'load into Docker',
    async check(signal, platforms = []) {
      checkPlatform(platforms, options.platform);
      const version = ['docker', 'version', '--format', '{{.Server.Version}}'];
      const result = await exec(version, { env: options.env, signal }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw loadFailed(reasonOf(error), '');
      });
      if (result.exitCode !== 0) throw loadFailed('no Docker daemon answers', result.stderr);
    },
    async export(request) {
      const single = onePlatform(request, options.platform);
      const bytesSent = await load(single, options, request.signal);
      const names = namesOf(request, options.names);
      return {
        descriptor: single.image.manifest.descriptor,
        locations: names.map((name) => `Docker: ${name}`),
        bytesSent,
        bytesSkipped: 0,
      };
    },
  };
}

interface Single {
  readonly request: ExportRequest;
  readonly image: ExportImage;
}

/** The request for one image alone; a daemon runs one platform. */
function onePlatform(request: ExportRequest, platform: Platform): Single {
  const [first, second] = request.images;
  const image =
    second === undefined ? first : selectPlatform(platform, request.images, (item) => item.image.platform);
  if (image === undefined) throw noneFits(platform);
  if (second !== undefined) {
    request.onProgress?.(
      `a Docker archive holds one platform: ${formatPlatform(image.image.platform)} is taken`,
    );
  }
  const { index: _, ...rest } = request;
  return { request: { ...rest, images: [image] }, image };
}

/** One image is taken, whatever its platform. @throws BuildError `OUTPUT_NOT_SUPPORTED` */
function checkPlatform(platforms: readonly Platform[], wanted: Platform): void {
  if (platforms.length > 1 && selectPlatform(wanted, platforms, (each) => each) === undefined)
    throw noneFits(wanted);
}

function noneFits(platform: Platform): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'OUTPUT_NOT_SUPPORTED',
    message: `A Docker archive holds one platform, and none of the images is for ${formatPlatform(platform)}`,
    hint: 'Use type=oci for several platforms, or build this one platform.',
  });
}

function archive(
  { request, image }: Single,
  given: readonly string[] | undefined,
): AsyncIterable<Uint8Array> {
  const names = namesOf(request, given);
  const files = [
    ...layoutFiles(request),
    dockerManifestFile(image, names),
    indexFile(indexEntries(request, names)),
  ];
  return writeTar(layoutMembers(files));
}

async function load(
  single: Single,
  { names, env }: DockerLoadOptions,
  signal: AbortSignal | undefined,
): Promise<number> {
  const source = archive(single, names);
  await using child = start(['docker', 'load'], { env, signal });
  let [size, said] = [0, ''];
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.length;
      yield chunk;
    }
  }
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-MOST_WORDS);
  });
  const sent = pipeline(Readable.from(counted(), { objectMode: false }), child.stdin).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { exitCode } = await child.done;
  const failure = await sent;
  signal?.throwIfAborted();
  // A command that ends before it has read all says why itself.
  if (failure !== undefined && !isClosedPipe(failure)) throw failure;
  if (exitCode !== 0) throw loadFailed(`docker load ended with exit code ${exitCode}`, said, hasZstd(single));
  return size;
}

function isClosedPipe(failure: unknown): boolean {
  const { code } = failure as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Characters of docker's own words in a message. */
const MOST_WORDS = 1000;

function hasZstd({ image }: Single): boolean {
  return image.image.layers.some(({ descriptor }) => compressionOf(descriptor.mediaType) === 'zstd');
}

function loadFailed(what: string, said: string, zstd = false): BuildError {
  const words = said.trim();
  return new BuildError({
    kind: 'environment',
    code: 'DOCKER_LOAD_FAILED',
    message: `The image cannot be loaded into Docker: ${what}${words === '' ? '' : `: ${words}`}`,
    hint: zstd
      ? 'The image has zstd layers, which old versions of Docker cannot read: use gzip for them.'
      : 'Loading needs a Docker daemon; type=docker,dest=FILE writes an archive without one.',
  });
}
