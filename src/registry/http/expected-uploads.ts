import type { Repository } from '../../image/types.ts';
import type { Session } from './session.ts';
import type { HttpResponse } from './transport.ts';
import { beginUpload, TAKE_BACK_TIME, takeBackUpload } from './upload.ts';

interface Begun {
  readonly repository: Repository;
  /** Milliseconds, as of performance.now(). */
  readonly since: number;
  readonly answer: Promise<HttpResponse>;
}

/** Milliseconds that an upload is kept for: registries forget those that nothing is sent to, some soon. */
const LONGEST_KEPT = 60_000;

/** Uploads to one host that were begun since something small is to be sent soon: what is sent then saves a round trip. */
export class ExpectedUploads {
  readonly #session: Session;
  readonly #begun = new Map<string, Begun>();
  readonly #takingBack: Promise<void>[] = [];
  readonly #stop = new AbortController();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Never fails: whoever sends finds out. One at a time in a repository. */
  expect(repository: Repository): void {
    if (this.#begun.has(repository.path)) return;
    const answer = beginUpload(this.#session, repository, { signal: this.#stop.signal });
    answer.catch(() => undefined);
    this.#begun.set(repository.path, { repository, since: performance.now(), answer });
  }

  /** Where to send to, once; undefined where nothing was begun, or too long ago. */
  async take(repository: Repository): Promise<URL | undefined> {
    const begun = this.#begun.get(repository.path);
    if (begun === undefined) return undefined;
    this.#begun.delete(repository.path);
    if (performance.now() - begun.since > LONGEST_KEPT) {
      this.#takingBack.push(this.#takeBack(begun));
      return undefined;
    }
    const answer = await begun.answer.catch(() => undefined);
    return answer === undefined ? undefined : this.#session.location(answer);
  }

  /** Tells the registry to forget what nothing was sent to. Never fails. */
  async close(): Promise<void> {
    for (const begun of this.#begun.values()) this.#takingBack.push(this.#takeBack(begun));
    this.#begun.clear();
    const limit = setTimeout(() => this.#stop.abort(), TAKE_BACK_TIME);
    await Promise.all(this.#takingBack);
    clearTimeout(limit);
  }

  async #takeBack({ repository, answer }: Begun): Promise<void> {
    const begun = await answer.catch(() => undefined);
    if (begun !== undefined) await takeBackUpload(this.#session, repository, begun);
  }
}
