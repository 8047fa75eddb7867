import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { BuildError } from '../../src/base/errors.ts';
import { TokenServer } from './token-server.ts';

export interface DockerRegistryOptions {
  /** With a user and a password. */
  readonly login?: { readonly username: string; readonly password: string };
  /** How the login is asked for. Default: htpasswd. */
  readonly by?: 'htpasswd' | 'token';
}

/** Why Debian's docker-registry cannot be started here; undefined when it can. */
export function dockerRegistryMissing(): string | undefined {
  const missing = ['docker-registry', 'htpasswd', 'openssl'].filter((program) => !isInstalled(program));
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed`;
}

export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Debian's docker-registry on a free loopback port, with its data in a temporary folder. */
export class DockerRegistry implements AsyncDisposable {
  readonly host: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #tokens: TokenServer | undefined;

  private constructor(host: string, child: ChildProcess, folder: string, tokens: TokenServer | undefined) {
    this.host = host;
    this.#child = child;
    this.#folder = folder;
    this.#tokens = tokens;
  }

  static async start(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
    const host = `127.0.0.1:${await freePort()}`;
    const log = join(folder, 'log');
    const config = [
      'version: 0.1',
      'log: {level: warn, accesslog: {disabled: true}}',
      `storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}, maintenance: {uploadpurging: {enabled: false}}}`,
      `http: {addr: "${host}"}`,
    ];
    let tokens: TokenServer | undefined;
    if (options.login !== undefined && options.by === 'token') {
      tokens = await TokenServer.start({ ...options.login, folder });
      const { service, issuer } = TokenServer;
      config.push(
        `auth: {token: {realm: "${tokens.realm}", service: ${service}, issuer: ${issuer}, rootcertbundle: ${tokens.certificate}}}`,
      );
    } else if (options.login !== undefined) {
      const { username, password } = options.login;
      const file = join(folder, 'htpasswd');
      writeFileSync(file, execFileSync('htpasswd', ['-Bbn', username, password]));
      config.push(`auth: {htpasswd: {realm: test, path: ${file}}}`);
    }
    writeFileSync(join(folder, 'config.yml'), config.join('\n'));
    const child = spawn(
      'sh',
      ['-c', 'exec docker-registry serve "$0" > "$1" 2>&1', join(folder, 'config.yml'), log],
      {
        stdio: 'ignore',
      },
    );
    const registry = new DockerRegistry(host, child, folder, tokens);
    try {
      await untilAnswering(host);
    } catch (error) {
      const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
      await registry[Symbol.asyncDispose]();
      throw new BuildError({
        kind: 'environment',
        code: 'REGISTRY_NOT_STARTED',
        message: `docker-registry did not start: ${said}`,
        cause: error,
      });
    }
    return registry;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill();
      await ended;
    }
    await this.#tokens?.[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function untilAnswering(host: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (true) {
    try {
      await fetch(`http://${host}/v2/`);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
