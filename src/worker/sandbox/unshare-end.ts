import type { SandboxOptions } from '../sandbox.ts';

/**
 * What unshare(1) says when its child was killed by SIGKILL: it wants to die in the same way, resets the signal first, which the kernel refuses for
 * this one, and gives up with exit code 1 (util-linux, sys-utils/unshare.c).
 */
const WORDS = Buffer.from('unshare: sigprocmask unblock failed: Invalid argument\n');
const GIVEN_UP = 1;
const KILLED = 137;
/** It writes in several pieces, this many bytes first. */
const FIRST_PIECE = 'unshare: '.length;

/** Tells the end of a step's first process from what unshare(1) makes of it. */
export class UnshareEnd {
  readonly #onOutput: SandboxOptions['onOutput'];
  /** The end of stderr, as far as it may be the words. */
  #held: Buffer = Buffer.alloc(0);

  constructor(onOutput: SandboxOptions['onOutput']) {
    this.#onOutput = onOutput;
  }

  readonly onOutput: SandboxOptions['onOutput'] = async (chunk, stream) => {
    if (stream === 'stdout') return await this.#onOutput(chunk, stream);
    const all = Buffer.concat([this.#held, chunk]);
    const split = all.length - lengthOfWords(all);
    this.#held = all.subarray(split);
    if (split > 0) await this.#onOutput(all.subarray(0, split), stream);
  };

  /** To be called when all output has come. */
  async exitCode(code: number): Promise<number> {
    if (code === GIVEN_UP && this.#held.length === WORDS.length) return KILLED;
    if (this.#held.length > 0) await this.#onOutput(this.#held, 'stderr');
    return code;
  }
}

/** How many bytes at the end may be the beginning of the words, or all of them. */
function lengthOfWords(bytes: Buffer): number {
  for (let length = Math.min(WORDS.length, bytes.length); length >= FIRST_PIECE; length--) {
    if (bytes.subarray(-length).equals(WORDS.subarray(0, length))) return length;
  }
  return 0;
}
