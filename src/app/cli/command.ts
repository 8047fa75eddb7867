import type { Screen } from './live-progress.ts';

/** What a command may do to the outside; everything else it returns. */
export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** From here on stderr holds JSON alone: what nobody catches is told so, too. */
  readonly jsonOnly?: () => void;
  /** A promise while what reads stderr is behind. */
  readonly drained?: () => Promise<void> | undefined;
  /** Whether stdout is a terminal that people look at. */
  readonly interactive?: boolean;
  /** The size of the terminal that stderr is, if it is one. */
  readonly screen?: (() => Screen) | undefined;
  /** For outputs that are bytes (`-o -`). */
  readonly byteOutput: NodeJS.WritableStream;
  readonly readStdin: () => Promise<string>;
  /** Standard input as bytes. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** One command: its own arguments in, an exit code out. Sources of files that an error may point into are left in `sources`. */
export type Command = (
  argv: readonly string[],
  terminal: Terminal,
  sources: Record<string, string>,
) => Promise<number>;
