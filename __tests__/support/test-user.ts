import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An ordinary user of this machine, made for a test and gone after it. Needs root. */
export class TestUser implements Disposable {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Runs a command as this user with the given environment untouched. */
  readonly wrapper: readonly string[];

  constructor(name: string, options: { readonly sudo: boolean; readonly subordinateIds: boolean }) {
    this.name = name;
    execFileSync('useradd', ['--create-home', ...(options.subordinateIds ? [] : ['--system']), name]);
    const [uid = '', gid = ''] = execFileSync('sh', ['-c', `id -u ${name}; id -g ${name}`])
      .toString()
      .split('\n');
    this.uid = Number(uid);
    this.gid = Number(gid);
    this.wrapper = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--'];
    if (options.sudo) writeFileSync(this.#sudoers, `${name} ALL=(ALL) NOPASSWD:ALL\n`, { mode: 0o440 });
  }

  get home(): string {
    return `/home/${this.name}`;
  }

  get #sudoers(): string {
    return `/etc/sudoers.d/${this.name}`;
  }

  [Symbol.dispose](): void {
    rmSync(this.#sudoers, { force: true });
    execFileSync('userdel', ['--remove', '--force', this.name], { stdio: 'ignore' });
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The bundles and the Node that runs them, where every user can read them. */
export class PublicCopy implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'public-'));
  readonly node = join(this.folder, 'node');
  readonly dist = join(this.folder, 'dist');

  constructor() {
    chmodSync(this.folder, 0o755);
    copyFileSync(process.execPath, this.node);
    chmodSync(this.node, 0o755);
    cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), this.dist, { recursive: true });
    execFileSync('chmod', ['-R', 'a+rX', this.folder]);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
