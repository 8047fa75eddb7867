/** Is told each line of reason; `isFailure`: something could not be read or saved that should have been. */
export type TellNotice = (message: string, isFailure: boolean) => void;

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

  #say(message: string, isFailure: boolean): void {
    if (this.#said.has(message)) return;
    this.#said.set(message, isFailure);
    this.#tell(message, isFailure);
  }
}

/** The cause in a few words, for the end of a notice. */
export function reasonOf(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' ? message : String(error);
}
