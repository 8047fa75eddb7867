import { linkSync, lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../base/exec.ts';
import { DEVICE_LINKS, DEVICES } from '../sandbox/device-folder.ts';
import { keepingTime } from '../snapshot/keeping-time.ts';
import type { RootPaths } from '../snapshot/root-paths.ts';
import type { PreparedMount } from './run-mounts.ts';

/**
 * Puts the content of mounts into a root where nothing can be mounted: what is there is set aside, and comes back when this is undone. All
 * folders must be on one file system.
 */
export class PlacedContent {
  readonly #paths: RootPaths;
  readonly #aside: string;
  readonly #placed: string[] = [];
  /** Sources that were moved, to where they are now. */
  readonly #moved = new Map<string, string>();
  readonly #undo: (() => void)[] = [];
  #counter = 0;

  /** `aside`: an existing folder. */
  constructor(paths: RootPaths, aside: string) {
    this.#paths = paths;
    this.#aside = aside;
  }

  /** Paths inside the root. */
  get placed(): readonly string[] {
    return this.#placed;
  }

  async place(mount: PreparedMount): Promise<void> {
    const { inside, outside } = this.#paths.mountPoint(mount.target, mount.kind);
    const slash = inside.lastIndexOf('/');
    const parent = this.#paths.resolve(slash === -1 ? '' : inside.slice(0, slash)).outside;
    const old = join(this.#aside, `old-${++this.#counter}`);
    const link = this.#linkTo(mount);
    const isMoved = mount.lasting === true && link === undefined;
    const content = isMoved ? mount.source : (link ?? (await this.#copy(mount.source)));
    this.#placed.push(inside);
    keepingTime(parent, () => {
      renameSync(outside, old);
      renameSync(content, outside);
    });
    if (isMoved) this.#moved.set(mount.source, inside);
    this.#undo.push(() => {
      if (!this.#paths.leadsThroughFolders(inside)) return;
      keepingTime(parent, () => {
        if (isMoved && isOf(mount.kind, outside)) renameSync(outside, mount.source);
        else rmSync(outside, { recursive: true, force: true });
        renameSync(old, outside);
      });
    });
  }

  /** For a source, or a part of one, that is in the root already: a link to it. */
  #linkTo({ source, lasting }: PreparedMount): string | undefined {
    if (lasting !== true) return undefined;
    const whole = [...this.#moved.keys()].find((moved) => source === moved || source.startsWith(`${moved}/`));
    if (whole === undefined) return undefined;
    const link = join(this.#aside, `new-${++this.#counter}`);
    symlinkSync(`/${this.#moved.get(whole)}${source.slice(whole.length)}`, link);
    return link;
  }

  /** Of a socket another name, as a copy would not be the same socket. */
  async #copy(source: string): Promise<string> {
    const copy = join(this.#aside, `new-${++this.#counter}`);
    if (lstatSync(source).isSocket()) linkSync(source, copy);
    else await execOk(['cp', '-a', '--reflink=auto', '--', source, copy]);
    return copy;
  }

  /** Device nodes that the image does not have itself. */
  async placeDevices(): Promise<void> {
    const made = join(this.#aside, 'dev');
    await mkdir(made);
    const missing = (name: string): boolean => this.#paths.resolve(`/dev/${name}`).stat === undefined;
    const devices = DEVICES.filter(missing);
    if (devices.length > 0) await execOk(['cp', '-a', '--', ...devices.map((name) => `/dev/${name}`), made]);
    const links = DEVICE_LINKS.filter(([name]) => missing(name));
    await Promise.all(links.map(([name, target]) => symlink(target, join(made, name))));
    for (const name of [...devices, ...links.map(([link]) => link)]) {
      const source = join(made, name);
      await this.place({ source, target: `/dev/${name}`, kind: 'file', readonly: false, lasting: true });
    }
  }

  undo(): void {
    for (let step = this.#undo.pop(); step !== undefined; step = this.#undo.pop()) {
      try {
        step();
      } catch {
        // The step took it away: then there is nothing to put back.
      }
    }
  }
}

/** A step may have put a link to a folder of this machine in the place of a cache. */
function isOf(kind: PreparedMount['kind'], path: string | Buffer): boolean {
  return lstatSync(path).isDirectory() === (kind === 'folder');
}
