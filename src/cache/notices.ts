/** Lines of reason, each said once however often it happens. */
export class Notices {
  readonly #said = new Set<string>();
  readonly #tell: (message: string) => void;

  constructor(tell: (message: string) => void = () => undefined) {
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
