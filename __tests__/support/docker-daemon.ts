import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../../src/base/errors.ts';
import { isInstalled } from './docker-registry.ts';

/** Milliseconds. */
const PATIENCE = 60_000;

/** Why no Docker daemon can be started here; undefined when one can. */
export function dockerDaemonMissing(): string | undefined {
  const missing = ['dockerd', 'containerd', 'docker'].filter((program) => !isInstalled(program));
  if (missing.length > 0) return `${missing.join(' and ')} not installed`;
  return process.getuid?.() === 0 ? undefined : 'not running as root';
}

/** A Docker daemon of its own: a socket and all data in a temporary folder, no network, nothing of the machine's own daemon. */
export class DockerDaemon implements AsyncDisposable {
  /** For processes that are to talk with it. */
  readonly env: Readonly<Record<string, string>>;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(folder: string, child: ChildProcess, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#child = child;
    this.env = env;
  }

  static async start(): Promise<DockerDaemon> {
    const folder = mkdtempSync(join(tmpdir(), 'dockerd-'));
    const at = (name: string): string => join(folder, name);
    mkdirSync(at('config'));
    writeFileSync(at('daemon.json'), '{}');
    const flags = [
      '--config-file',
      at('daemon.json'),
      '--host',
      `unix://${at('socket')}`,
      '--data-root',
      at('data'),
    ];
    const own = ['--exec-root', at('exec'), '--pidfile', at('pid'), '--bridge', 'none', '--iptables=false'];
    const child = spawn('dockerd', [...flags, ...own], { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(at('log'));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const env = { DOCKER_HOST: `unix://${at('socket')}`, DOCKER_CONFIG: at('config') };
    const daemon = new DockerDaemon(folder, child, env);
    try {
      await daemon.#ready();
      return daemon;
    } catch (error) {
      await daemon[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Runs the docker command and gives what it printed. */
  docker(...args: readonly string[]): string {
    const env = { PATH: process.env['PATH'] ?? '', ...this.env };
    return execFileSync('docker', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The first number of its version. */
  get major(): number {
    return Number.parseInt(this.docker('version', '--format', '{{.Server.Version}}'), 10);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline && this.#child.exitCode === null) {
      try {
        this.docker('version');
        return;
      } catch {
        await new Promise((wake) => setTimeout(wake, 200));
      }
    }
    throw new BuildError({
      kind: 'environment',
      code: 'DOCKER_NOT_STARTED',
      message: `dockerd did not start: ${readFileSync(join(this.#folder, 'log'), 'utf8').slice(-2000)}`,
    });
  }
}
