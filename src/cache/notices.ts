/** Lines of reason about one cache, each said once however often it happens. */
export class Notices {
  /** What the lines call the cache, in the middle of a sentence: `the Actions cache`. */
  readonly place: string;
  readonly #said = new Set<string>();
  readonly #tell: (message: string) => void;

  constructor(place: string, tell: (message: string) => void = () => undefined) {
    this.place = place;
    this.#tell = tell;
  }

  get lines(): readonly string[] {
    return [...this.#said];
  }

  add(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#tell(message);
  }
}

/** The cause in a few words, for the end of a notice. */
export function reasonOf(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' ? message : String(error);
}
