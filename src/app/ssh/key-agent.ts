import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { exec, type RunningProcess, start } from '../../base/exec.ts';

/** An agent of OpenSSH's with keys of this build alone. Nobody but this user and root can reach it. */
export class KeyAgent implements Disposable {
  readonly socket: string;
  readonly #folder: string;
  readonly #child: RunningProcess;

  private constructor(folder: string) {
    this.#folder = folder;
    this.socket = join(folder, 'agent');
    // It ends with the program that it was started for, and that one with our end of the pipe.
    this.#child = start(['ssh-agent', '-a', this.socket, 'cat']);
  }

  /**
   * @param id for messages
   * @throws BuildError `SSH_AGENT_FAILED`
   */
  static async withKeys(id: string, keys: readonly string[]): Promise<KeyAgent> {
    const agent = new KeyAgent(mkdtempSync(join(tmpdir(), 'ssh-agent-')));
    try {
      await agent.#ready();
      for (const key of keys) await agent.#add(key);
      return agent;
    } catch (cause) {
      agent[Symbol.dispose]();
      throw new BuildError({
        kind: 'environment',
        code: 'SSH_AGENT_FAILED',
        message: `The SSH agent "${id}" cannot be started: ${(cause as Error).message}`,
        hint: 'Install OpenSSH (Debian: openssh-client), or give the socket of a running agent: eval $(ssh-agent); ssh-add.',
        cause,
      });
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The program echoes, so it runs, so the agent listens. */
  async #ready(): Promise<void> {
    this.#child.stdin.write('.');
    await Promise.race([
      once(this.#child.stdout, 'data'),
      this.#child.done.then(({ exitCode }) => {
        throw new BuildError({
          kind: 'environment',
          code: 'SSH_AGENT_FAILED',
          message: `ssh-agent ended with exit code ${exitCode}`,
        });
      }),
    ]);
  }

  /** Through standard input, since ssh-add refuses files that others can read, and runners write such. */
  async #add(path: string): Promise<void> {
    const key = readFileSync(path, 'latin1');
    const { exitCode, stderr } = await exec(['ssh-add', '-q', '-'], {
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LC_ALL: 'C',
        SSH_AUTH_SOCK: this.socket,
        SSH_ASKPASS_REQUIRE: 'never',
      },
      input: Buffer.from(key.endsWith('\n') ? key : `${key}\n`, 'latin1'),
    });
    if (exitCode === 0) return;
    throw new BuildError({
      kind: 'user',
      code: 'SSH_AGENT_FAILED',
      message: `ssh-add does not take the key ${path}: ${stderr.trim()}`,
    });
  }
}
