type OutputStream = 'stdout' | 'stderr';

/** Bytes. More than people read, and than a log can be searched through; what goes on without end must not fill the disk of whoever keeps it. */
const LIMIT = 64 * 1024 * 1024;
/** Characters of the end that are kept. */
const END = 64 * 1024;
/** How much of the end an error tells, in lines and in characters. */
const LAST_LINES = 20;
const LAST_TEXT = 16 * 1024;

/**
 * What a step prints, from bytes to text: all of it as it comes, up to a limit. Of a step that prints more the end is told as well, as that is
 * where the reason stands when it fails. Nothing grows with what is printed.
 */
export class StepOutput {
  readonly #write: (text: string, stream: OutputStream) => void;
  readonly #limit: number;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #told = 0;
  #endsLine = false;
  /** Bytes beyond the limit, and the text that they end with. */
  #beyond = 0;
  #held = '';
  #end = '';

  constructor(write: (text: string, stream: OutputStream) => void, limit = LIMIT) {
    this.#write = write;
    this.#limit = limit;
  }

  add(chunk: Uint8Array, stream: OutputStream): void {
    const text = this.#decoders[stream].decode(chunk, { stream: true });
    this.#end = endOf(this.#end + text);
    if (this.#told < this.#limit) {
      this.#told += chunk.length;
      this.#tell(text, stream);
      this.#endsLine = text.endsWith('\n');
      return;
    }
    if (this.#beyond === 0) this.#tell(`${this.#endsLine ? '' : '\n'}${limitLine(this.#limit)}`, stream);
    this.#beyond += chunk.length;
    this.#held = endOf(this.#held + text);
  }

  /** The step prints nothing more. */
  end(): void {
    const rest = `${this.#decoders.stdout.decode()}${this.#decoders.stderr.decode()}`;
    const held = `${this.#held}${rest}`.slice(-END);
    const left = this.#beyond - Buffer.byteLength(held);
    // From the first whole line on.
    const lines = held.slice(left > 0 ? held.indexOf('\n') + 1 : 0);
    if (left > 0) this.#tell(`[${(left / 1e6).toFixed(1)} MB left out]\n`, 'stdout');
    this.#tell(lines, 'stdout');
    this.#held = '';
  }

  get lastLines(): readonly string[] {
    return this.#end
      .slice(-LAST_TEXT)
      .trimEnd()
      .split('\n')
      .slice(-LAST_LINES)
      .filter((line) => line !== '');
  }

  #tell(text: string, stream: OutputStream): void {
    if (text !== '') this.#write(text, stream);
  }
}

/** Cut now and then alone: a step may print each character for itself. */
function endOf(text: string): string {
  return text.length > 2 * END ? text.slice(-END) : text;
}

function limitLine(limit: number): string {
  const size = `${Math.round(limit / 1024 / 1024)} MiB`;
  return `[log limit of ${size} reached: of what the step prints from here on, only the end is shown]\n`;
}
