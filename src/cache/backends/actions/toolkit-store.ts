import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import { BuildError, reasonOf } from '../../../base/errors.ts';
import { type TempDir, tempDir } from '../../../base/temp.ts';
import type { FoundEntry, NewestStore, OpenOptions, PutOutcome, Upload } from '../indexed/blob-store.ts';
import { ACTIONS_CACHE_VARIABLES, type ActionsCacheEnvironment, hasVersion2 } from './environment.ts';

type Toolkit = typeof import('@actions/cache');

/** The one file of every archive. */
const NAME = 'ts-image-build-entry';
/**
 * How the package is told where the file is. The text itself is hashed into the entry's version, so it has to be the same on every runner
 * whatever its folders are called; a leading `~` is the only form that says "in a folder named by the environment".
 */
const PATHS = [`~/${NAME}`];

/** Milliseconds after which "nothing found" means that nobody answered. */
const LONG_MISS = 15_000;

/** process.env is one for the whole process, so only one call of the package can be under way, whichever store it is for. */
const oneAtATime = pLimit(1);

/**
 * The cache service through @actions/cache: an archive with one file per entry. Slower than the protocol itself (a tar, a zstd and a
 * temporary copy each), but it also serves version 1 of the service: GitHub Enterprise Server and its work-alikes.
 *
 * The package takes the service's address and token from process.env, resolves `~` by HOME and keeps member names relative to
 * GITHUB_WORKSPACE. During a call, and only then, HOME and GITHUB_WORKSPACE are a folder of our own, so that the archive holds one plain
 * name and unpacks nowhere else. Nothing of ours reads these two below app/, and children get environments of their own.
 */
export class ToolkitStore implements NewestStore {
  readonly #environment: ActionsCacheEnvironment;
  readonly #folder: string;
  readonly #restored = new Map<string, Promise<string>>();
  #toolkit: Promise<Toolkit> | undefined;
  #isDown = false;

  private constructor(environment: ActionsCacheEnvironment, folder: string) {
    this.#environment = environment;
    this.#folder = folder;
  }

  /** `stateDir` exists and has room for what is uploaded and downloaded; all of it is removed at the end. */
  static async open(environment: ActionsCacheEnvironment, stateDir: string): Promise<ToolkitStore> {
    // The package puts the path unquoted into a command line.
    const parent = /[\s"'\\]/.test(stateDir) ? tmpdir() : stateDir;
    return new ToolkitStore(environment, await mkdtemp(join(parent, 'actions-cache-')));
  }

  async find(key: string, signal?: AbortSignal): Promise<FoundEntry | undefined> {
    const began = Date.now();
    await using home = await this.#newHome();
    const matched = await this.#call('look up', home, signal, (toolkit) =>
      toolkit.restoreCache(PATHS, key, [], { lookupOnly: true }),
    );
    if (matched === undefined) this.#doubt(began);
    // The service takes a key for a prefix too.
    return matched === key ? this.#entry(key) : undefined;
  }

  async newest(prefix: string, signal?: AbortSignal): Promise<FoundEntry | undefined> {
    const began = Date.now();
    // It stays until the end of the store: what was restored is read out of it.
    const home = await this.#newHome();
    const key = await this.#call('restore', home, signal, (toolkit) =>
      toolkit.restoreCache(PATHS, prefix, [prefix]),
    );
    if (key === undefined) {
      this.#doubt(began);
      return undefined;
    }
    this.#restored.set(key, Promise.resolve(join(home.path, NAME)));
    return this.#entry(key);
  }

  async put(key: string, upload: Upload, signal?: AbortSignal): Promise<PutOutcome> {
    try {
      const isSaved = (await this.#save(key, upload, signal)) !== -1;
      // With version 1 the package answers with the entry's id even when the upload failed.
      if (isSaved && hasVersion2(this.#environment)) return { type: 'saved' };
      // The package tells a conflict, a refusal and a failure apart in its log alone.
      if ((await this.find(key, signal)) !== undefined) return { type: isSaved ? 'saved' : 'exists' };
      return { type: 'failed', reason: '@actions/cache did not save it; its own line above may say why' };
    } catch (error) {
      return { type: 'failed', reason: reasonOf(error) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What the package answers. */
  async #save(key: string, upload: Upload, signal: AbortSignal | undefined): Promise<number> {
    await using home = await this.#newHome();
    await pipeline(Readable.from(await upload.open()), createWriteStream(join(home.path, NAME)));
    return await this.#call('save', home, signal, (toolkit) => toolkit.saveCache(PATHS, key));
  }

  #entry(key: string): FoundEntry {
    return { key, open: (options) => this.#read(key, options) };
  }

  async #read(key: string, { range, signal }: OpenOptions = {}): Promise<AsyncIterable<Uint8Array>> {
    let restored = this.#restored.get(key);
    if (restored === undefined) {
      restored = this.#restore(key, signal);
      this.#restored.set(key, restored);
      restored.catch(() => this.#restored.delete(key));
    }
    const file = await restored;
    if (range !== undefined) return createReadStream(file, { start: range.start, end: range.end - 1 });
    this.#restored.delete(key);
    return readAndDelete(file);
  }

  async #restore(key: string, signal: AbortSignal | undefined): Promise<string> {
    const home = await this.#newHome();
    const matched = await this.#call('restore', home, signal, (toolkit) => toolkit.restoreCache(PATHS, key));
    if (matched !== key) throw failed(`the entry ${key} could not be restored`);
    return join(home.path, NAME);
  }

  async #call<T>(
    verb: string,
    home: TempDir,
    signal: AbortSignal | undefined,
    work: (toolkit: Toolkit) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (this.#isDown) throw failed('@actions/cache got no answer for long, so it is not asked again');
    this.#toolkit ??= import('@actions/cache');
    const toolkit = await this.#toolkit;
    try {
      return await oneAtATime(() => withEnvironment(this.#variables(home.path), () => work(toolkit)));
    } catch (cause) {
      throw failed(`@actions/cache could not ${verb} an entry: ${reasonOf(cause)}`, cause);
    }
  }

  /** A service that is down looks like a miss, but after half a minute of retries for each call. */
  #doubt(began: number): void {
    if (Date.now() - began > LONG_MISS) this.#isDown = true;
  }

  async #newHome(): Promise<TempDir> {
    await mkdir(this.#folder, { recursive: true });
    return tempDir(this.#folder, 'entry-');
  }

  #variables(home: string): ReadonlyMap<string, string | undefined> {
    const own = ACTIONS_CACHE_VARIABLES.map((name) => [name, this.#environment[name]] as const);
    return new Map([...own, ['HOME', home], ['GITHUB_WORKSPACE', home], ['RUNNER_TEMP', home]]);
  }
}

/** Runs `work` with variables of process.env replaced (undefined: absent), and puts them back. */
async function withEnvironment<T>(
  variables: ReadonlyMap<string, string | undefined>,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Map([...variables.keys()].map((name) => [name, process.env[name]]));
  assign(variables);
  try {
    return await work();
  } finally {
    assign(before);
  }
}

function assign(variables: ReadonlyMap<string, string | undefined>): void {
  for (const [name, value] of variables) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** A whole entry is read once, into a content store; nothing is gained by keeping the copy. */
async function* readAndDelete(file: string): AsyncGenerator<Uint8Array> {
  // Under another name, so that a second reader restores the entry again instead of finding half of it.
  const own = `${file}.read`;
  await rename(file, own);
  try {
    yield* createReadStream(own) as AsyncIterable<Uint8Array>;
  } finally {
    await rm(own, { force: true });
  }
}

function failed(message: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'remote', code: 'ACTIONS_CACHE_FAILED', message, cause });
}
