import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, link, lstat, lutimes, mkdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BuildError } from '../../base/errors.ts';
import { makeFolder } from '../../base/make-folder.ts';
import type { Entry, EntryWithBody } from '../../image/layer/entry.ts';
import { encodeName } from '../../image/layer/entry-name.ts';
import type { Exporter, ExportRequest } from '../exporter.ts';
import { checkWritable, notWritable, statIfThere, writing } from './destination.ts';
import { checkSplit, filesOf } from './files.ts';

export interface LocalExporterOptions {
  readonly dest: string;
  /** A folder for each platform; default: when there are several. */
  readonly platformSplit?: boolean | undefined;
}

/**
 * Puts the files of the final image into a folder, over what is there already, as docker does: other files stay, and each one is there as a
 * whole or as it was. They belong to whoever runs this, so owners, setuid and setgid bits and extended attributes are dropped; devices and pipes are left out. Times and permissions stay.
 */
export function localExporter({ dest, platformSplit }: LocalExporterOptions): Exporter {
  const folder = resolve(dest);
  return {
    type: 'local',
    description: `write the image's files to ${folder}`,
    async check(_signal, platforms = []) {
      checkSplit(platformSplit, platforms.length > 1);
      const there = await statIfThere(folder);
      if (there !== undefined && !there.isDirectory()) throw notWritable(folder, 'it is not a folder');
      await checkWritable(folder, folder);
    },
    async export(request) {
      await writing(folder, async () => makeFolder(folder));
      const bytesSent = await new Extraction(folder, request).write(filesOf(request, platformSplit));
      return { locations: [folder], bytesSent, bytesSkipped: 0 };
    },
  };
}

/** setuid and setgid would be those of another owner. */
const KEPT_MODE = 0o1777;

class Extraction {
  readonly #root: Buffer;
  readonly #request: ExportRequest;
  readonly #folders: Entry[] = [];
  #bytes = 0;
  #leftOut = 0;

  constructor(folder: string, request: ExportRequest) {
    this.#root = Buffer.from(folder);
    this.#request = request;
  }

  /** Gives the bytes of all files. */
  async write(members: AsyncIterable<EntryWithBody>): Promise<number> {
    try {
      for await (const { entry, body } of members) {
        this.#request.signal?.throwIfAborted();
        await writing(this.#nameOf(entry), () => this.#put(entry, body));
      }
    } catch (error) {
      // What is there by now can be read and deleted as if all were there.
      await this.#finishFolders().catch(() => undefined);
      throw error;
    }
    await this.#finishFolders();
    if (this.#leftOut > 0) this.#request.onProgress?.(`${this.#leftOut} devices and pipes were left out`);
    return this.#bytes;
  }

  /** Children first, and after all files: each one changes its folder's time, and a folder may end up read-only. */
  async #finishFolders(): Promise<void> {
    for (const entry of this.#folders.reverse()) {
      await writing(this.#nameOf(entry), async () => {
        const path = this.#pathOf(entry.path);
        await chmod(path, entry.mode & KEPT_MODE);
        await utimes(path, timeOf(entry), timeOf(entry));
      });
    }
  }

  async #put(entry: Entry, body: AsyncIterable<Uint8Array> | undefined): Promise<void> {
    const path = this.#pathOf(entry.path);
    switch (entry.type) {
      case 'directory':
        return this.#putFolder(path, entry);
      case 'file':
        return replace(path, (fresh) => this.#putFile(fresh, entry, body));
      case 'symlink':
        return replace(path, async (fresh) => {
          await symlink(encodeName(entry.linkName ?? ''), fresh);
          await lutimes(fresh, timeOf(entry), timeOf(entry));
        });
      case 'hardlink':
        await rm(path, { recursive: true, force: true });
        return link(this.#pathOf(entry.linkName ?? ''), path);
      default:
        this.#leftOut += 1;
    }
  }

  /** A symlink that stands where a folder is to be is replaced: nothing is written to where it leads. */
  async #putFolder(path: Buffer, entry: Entry): Promise<void> {
    this.#folders.push(entry);
    const there = await lstat(path).catch(() => undefined);
    if (there?.isDirectory() !== true) {
      await rm(path, { recursive: true, force: true });
      await mkdir(path, WHILE_WRITING);
    }
    // Whoever may read it at the end may do so now: the program may be killed before that.
    await chmod(path, (entry.mode & KEPT_MODE) | WHILE_WRITING);
  }

  async #putFile(path: Buffer, entry: Entry, body: AsyncIterable<Uint8Array> | undefined): Promise<void> {
    const { signal } = this.#request;
    const sink = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(
      Readable.from(body ?? [], { objectMode: false }),
      sink,
      signal === undefined ? {} : { signal },
    );
    this.#bytes += sink.bytesWritten;
    await chmod(path, entry.mode & KEPT_MODE);
    await utimes(path, timeOf(entry), timeOf(entry));
  }

  /** As messages call it. */
  #nameOf({ path }: Entry): string {
    return `${this.#root}/${path}`;
  }

  /** Names may be bytes that are no UTF-8. */
  #pathOf(path: string): Buffer {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new BuildError({
        kind: 'bug',
        code: 'UNSAFE_PATH',
        message: `The image has a file at ${JSON.stringify(path)}, which is not a path`,
      });
    }
    return Buffer.concat([this.#root, SLASH, encodeName(path)]);
  }
}

const SLASH = Buffer.from('/');

/** Makes a node under another name beside its own, which it gets when it is whole. */
async function replace(path: Buffer, make: (fresh: Buffer) => Promise<void>): Promise<void> {
  const folder = path.subarray(0, path.lastIndexOf(SLASH) + 1);
  const fresh = Buffer.concat([folder, Buffer.from(`.ts-image-build-${randomBytes(6).toString('hex')}`)]);
  try {
    await make(fresh);
    const there = await lstat(path).catch(() => undefined);
    if (there?.isDirectory() === true) await rm(path, { recursive: true, force: true });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
const WHILE_WRITING = 0o700;

/** For a number below 0 Node takes the present time, for the same number as text it does not. */
function timeOf({ mtime }: Entry): string {
  return String(mtime);
}
