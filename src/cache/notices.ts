/** Is told each line of reason; `isFailure`: something could not be read or saved that should have been. */
export type TellNotice = (message: string, isFailure: boolean) => void;

/**
 * What it means that a cache is empty: a `failure` where it was asked for by name, to read from it alone; to `remark` where it is written too,
 * for then this may be the first build that does.
 */
export type Absence = 'failure' | 'remark';

/** Characters of a line; reasons may hold what a server said. */
const LONGEST_LINE = 1000;

/** Lines of reason about one cache, each said once however often it happens. */
export class Notices {
  /** What the lines call the cache, in the middle of a sentence: `the Actions cache`. */
  readonly place: string;
  /** Each line, and whether it is a failure. */
  readonly #said = new Map<string, boolean>();
  readonly #tell: TellNotice;

  constructor(place: string, tell: TellNotice = () => undefined) {
    this.place = place;
    this.#tell = tell;
  }

  get lines(): readonly string[] {
    return [...this.#said.keys()];
  }

  get failures(): readonly string[] {
    return [...this.#said].flatMap(([line, isFailure]) => (isFailure ? [line] : []));
  }

  /** Something could not be read or saved. */
  add(message: string): void {
    this.#say(message, true);
  }

  /** Something to know, that is as it has to be. */
  remark(message: string): void {
    this.#say(message, false);
  }

  /** There is nothing in this cache. Not worth a word for one that nobody named. */
  absent(absence: Absence | undefined, which = ''): void {
    if (absence === 'failure') this.add(`There is nothing in ${this.place}${which}`);
    else if (absence === 'remark') this.remark(`There is nothing in ${this.place}${which} yet`);
  }

  #say(message: string, isFailure: boolean): void {
    const line = oneLine(message);
    if (this.#said.has(line)) return;
    this.#said.set(line, isFailure);
    this.#tell(line, isFailure);
  }
}

function oneLine(message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a server said goes to a terminal
  const line = message.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
