/** What a terminal shows of what is written to it, as far as our progress asks for: new lines, up, erase below, colours. Endless upwards. */
export class TerminalScreen {
  readonly #rows: string[] = [''];
  #row = 0;

  readonly write = (text: string): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    for (const [part] of text.matchAll(/\x1b\[(\d*)([A-Za-z])|\n|[^\x1b\n]+/g)) this.#take(part);
  };

  /** The rows, without the cursor's empty one. */
  get rows(): readonly string[] {
    return this.#rows.slice(0, -1);
  }

  #take(part: string): void {
    if (part === '\n') {
      this.#row++;
      this.#rows[this.#row] ??= '';
    } else if (part.startsWith('\x1b')) this.#obey(part);
    else this.#rows[this.#row] += part;
  }

  #obey(sequence: string): void {
    const count = Number(sequence.slice(2, -1) || '1');
    if (sequence.endsWith('A')) this.#row -= count;
    else if (sequence === '\x1b[J') {
      this.#rows.length = this.#row;
      this.#rows.push('');
    } else if (!sequence.endsWith('m')) throw new TypeError(`not known here: ${JSON.stringify(sequence)}`);
    if (this.#row < 0) throw new TypeError('above the first row');
  }
}
