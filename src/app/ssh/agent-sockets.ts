import { BuildError } from '../../base/errors.ts';
import type { SshAgentSource } from '../options/ssh.ts';
import { KeyAgent } from './key-agent.ts';

/** The agents that were given to a build, each ready when it is asked for first. */
export class AgentSockets implements Disposable {
  readonly #sources: Readonly<Record<string, SshAgentSource>>;
  readonly #started = new Map<string, Promise<KeyAgent>>();
  #disposed = false;

  constructor(sources: Readonly<Record<string, SshAgentSource>>) {
    this.#sources = sources;
  }

  has(id: string): boolean {
    return Object.hasOwn(this.#sources, id);
  }

  /**
   * Path of the socket.
   * @throws BuildError `SSH_AGENT_FAILED`
   */
  async of(id: string): Promise<string> {
    const source = this.has(id) ? this.#sources[id] : undefined;
    if (source === undefined) {
      throw new BuildError({ kind: 'bug', code: 'NO_SSH_AGENT', message: `There is no SSH agent "${id}"` });
    }
    if (source.kind === 'socket') return source.path;
    let agent = this.#started.get(id);
    if (agent === undefined) {
      agent = KeyAgent.withKeys(id, source.paths);
      this.#started.set(id, agent);
      agent.then(
        (ready) => this.#disposed && ready[Symbol.dispose](),
        () => undefined,
      );
    }
    return (await agent).socket;
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    for (const agent of this.#started.values())
      agent.then(
        (ready) => ready[Symbol.dispose](),
        () => undefined,
      );
  }
}
