import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import type { Digest } from '../../image/digest.ts';
import { DigestCheck } from '../../image/digest-check.ts';
import { writeTar } from '../../image/layer/tar-write.ts';
import type { Descriptor } from '../../image/types.ts';
import type { Exporter, ExportRequest } from '../exporter.ts';
import {
  checkWritable,
  destinationOf,
  notWritable,
  statIfThere,
  writeFileWhole,
  writing,
} from './destination.ts';
import {
  blobFiles,
  indexEntries,
  indexFile,
  type LayoutFile,
  layoutFiles,
  layoutMembers,
  markerFile,
  namesOf,
  topOf,
} from './layout.ts';

export interface OciExporterOptions {
  /** A path, or `-` for standard output (archives only). */
  readonly dest: string;
  /** An archive (default), or a folder. */
  readonly tar?: boolean | undefined;
  /** Names in the layout; undefined: the references of the build. */
  readonly names?: readonly string[] | undefined;
  readonly stdout: NodeJS.WritableStream;
}

const READ_CHUNK = 1024 * 1024;

/** Writes an OCI image layout (image-spec 1.1, image-layout.md), as a folder or as an archive of one. */
export function ociExporter(options: OciExporterOptions): Exporter {
  return options.tar === false ? folderExporter(options) : archiveExporter(options);
}

function archiveExporter({ dest, names, stdout }: OciExporterOptions): Exporter {
  const destination = destinationOf(dest, stdout);
  return {
    type: 'oci',
    description: `write an OCI archive to ${destination.name}`,
    check: () => destination.check(),
    async export(request) {
      const files = [...layoutFiles(request), indexFile(indexEntries(request, namesOf(request, names)))];
      const bytesSent = await destination.write(writeTar(layoutMembers(files)), request.signal);
      return {
        descriptor: topOf(request).descriptor,
        locations: [destination.name],
        bytesSent,
        bytesSkipped: 0,
      };
    },
  };
}

function folderExporter({ dest, names }: OciExporterOptions): Exporter {
  const folder = resolve(dest);
  return {
    type: 'oci',
    description: `write an OCI layout to ${folder}`,
    async check() {
      await readLayout(folder);
      await checkWritable(folder, folder);
    },
    async export(request) {
      const kept = await readLayout(folder);
      await writing(folder, async () => makeFolder(folder));
      let [bytesSent, bytesSkipped] = [0, 0];
      // The marker first: a folder that is broken off here can be gone on with.
      for (const file of [markerFile(), ...blobFiles(request)]) {
        const written = await writeOnce(folder, file, request);
        bytesSent += written;
        bytesSkipped += file.size - written;
      }
      const entries = indexEntries(request, namesOf(request, names));
      const index = indexFile([...withoutReplaced(kept, entries), ...entries]);
      // Last: nothing names a blob that is not there.
      bytesSent += await writeFileWhole(join(folder, index.path), await index.open(), request.signal);
      return { descriptor: topOf(request).descriptor, locations: [folder], bytesSent, bytesSkipped };
    },
  };
}

/** The bytes written: 0 for a file that is there. One with other bytes (a disk that failed, a copy that was broken off) is replaced. */
async function writeOnce(folder: string, file: LayoutFile, request: ExportRequest): Promise<number> {
  const path = join(folder, file.path);
  const there = await statIfThere(path);
  const isFile = there?.isFile() === true && Number(there.size) === file.size;
  if (isFile && (await holds(path, file.digest, request.signal))) return 0;
  return writeFileWhole(path, await file.open(), request.signal);
}

/** Reading it takes less than to have the blob fetched and written again. */
async function holds(path: string, digest: Digest, signal: AbortSignal | undefined): Promise<boolean> {
  const check = new DigestCheck(digest);
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: READ_CHUNK,
      ...(signal === undefined ? {} : { signal }),
    }))
      check.update(chunk);
  } catch {
    // One that cannot be read is no use to anybody either.
    signal?.throwIfAborted();
    return false;
  }
  return check.holds();
}

/** What an existing layout holds; none for a folder that is not there or empty. Other folders are left alone. */
async function readLayout(folder: string): Promise<readonly Descriptor[]> {
  const there = await statIfThere(folder);
  if (there === undefined) return [];
  if (!there.isDirectory()) throw notWritable(folder, 'it is not a folder');
  const names = await readdir(folder);
  if (names.length === 0) return [];
  if (!names.includes('oci-layout')) {
    throw notWritable(folder, 'it has files in it that are not those of an OCI layout');
  }
  if (!names.includes('index.json')) return [];
  try {
    const body: unknown = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
    if (typeof body === 'object' && body !== null && 'manifests' in body && Array.isArray(body.manifests)) {
      return body.manifests.filter((entry) => typeof entry === 'object' && entry !== null);
    }
  } catch (cause) {
    throw notWritable(folder, 'its index.json is not JSON', cause);
  }
  throw notWritable(folder, 'its index.json holds no manifests');
}

/** Entries of other images: a name points to one image only, and an image needs one nameless entry at most. */
function withoutReplaced(kept: readonly Descriptor[], entries: readonly Descriptor[]): readonly Descriptor[] {
  const names = new Set(entries.map(nameOf));
  const digests = new Set<string>(entries.map(({ digest }) => digest));
  return kept.filter((entry) => {
    const name = nameOf(entry);
    return name === undefined ? !digests.has(entry.digest) : !names.has(name);
  });
}

function nameOf({ annotations }: Descriptor): string | undefined {
  return annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'];
}
