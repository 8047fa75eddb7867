import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The time of all commits, seconds since 1970. */
export const COMMIT_TIME = 1_500_000_000;

/** Repositories behind a plain web server, which gives files and nothing else (gitprotocol-http(5), "dumb" clients). */
export interface GitServer extends AsyncDisposable {
  /** Address of a published repository. */
  readonly url: (name: string) => string;
  /** A new repository to work in. */
  readonly folder: (name: string) => string;
  /** Runs git in the folder of a repository. */
  readonly git: (name: string, ...args: readonly string[]) => string;
  /** Everything that is in the folder becomes a commit. */
  readonly commit: (name: string) => string;
  /** Makes what is committed visible to clients. */
  readonly publish: (name: string) => void;
  readonly requests: readonly IncomingMessage[];
}

/** @param authorization what clients have to send in this header; default: nothing */
export async function gitServer(authorization?: string): Promise<GitServer> {
  const base = mkdtempSync(join(tmpdir(), 'git-server-'));
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
      return;
    }
    const path = join(base, new URL(request.url ?? '', 'http://host').pathname);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) response.end(readFileSync(path));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = (name: string): string => join(base, 'work', name);
  const run = (name: string, ...args: readonly string[]): string => runGit(at(name), args);
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}.git`,
    folder(name) {
      mkdirSync(at(name), { recursive: true });
      run(name, 'init', '-q', '-b', 'main');
      return at(name);
    },
    git: run,
    commit(name) {
      run(name, 'add', '-A');
      run(name, 'commit', '-q', '-m', 'a commit');
      return run(name, 'rev-parse', 'HEAD');
    },
    publish(name) {
      const target = join(base, `${name}.git`);
      rmSync(target, { recursive: true, force: true });
      run(name, 'clone', '-q', '--mirror', '.', target);
      runGit(target, ['update-server-info']);
    },
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Git with a fixed author and time and without the machine's settings; gives what it printed. */
export function runGit(folder: string, args: readonly string[]): string {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
      GIT_AUTHOR_DATE: `${COMMIT_TIME} +0000`,
      GIT_COMMITTER_DATE: `${COMMIT_TIME} +0000`,
    },
  }).trim();
}
