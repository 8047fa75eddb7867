import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../base/exec.ts';
import type { StepPipes } from '../sandbox.ts';

/** Steps whose pipes are made at once: a process is started for them, which takes as long for many as for one. */
const BATCH = 8;

/** Named pipes for the output of steps, made before they are needed. */
export class PipeSupply {
  readonly #folder: string;
  #batch: Promise<StepPipes[]> | undefined;
  #counter = 0;

  /** `folder`: made when it is missing; removed by the caller. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#batch = this.#make();
    // Whoever takes of it is told.
    this.#batch.catch(() => undefined);
  }

  /** Each pair once. @throws BuildError `COMMAND_FAILED`; errors of the file system */
  async take(): Promise<StepPipes> {
    for (;;) {
      this.#batch ??= this.#make();
      const batch = this.#batch;
      const pair = await batch.then(
        (pairs) => pairs.pop(),
        (error: unknown) => {
          this.#drop(batch);
          throw error;
        },
      );
      if (pair !== undefined) return pair;
      this.#drop(batch);
    }
  }

  #drop(batch: Promise<StepPipes[]>): void {
    if (this.#batch === batch) this.#batch = undefined;
  }

  /** Open to all: a step that runs as somebody else opens them anew. */
  async #make(): Promise<StepPipes[]> {
    const pairs = Array.from({ length: BATCH }, () => {
      const name = join(this.#folder, String(++this.#counter));
      return { stdout: `${name}-stdout`, stderr: `${name}-stderr` };
    });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await execOk(['mkfifo', '-m', '0666', ...pairs.flatMap(({ stdout, stderr }) => [stdout, stderr])]);
    return pairs;
  }
}
