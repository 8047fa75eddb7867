/** Ordered variables. Immutable; setting a variable again moves it to the end, as in BuildKit. Names are compared exactly. */
export class Environment {
  static readonly empty = new Environment(new Map());

  readonly #values: ReadonlyMap<string, string>;

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** From `NAME=value` lines; a line without `=` is an empty variable. */
  static of(lines: readonly string[]): Environment {
    const values = new Map<string, string>();
    for (const line of lines) {
      const { name, value } = splitPair(line);
      values.delete(name);
      values.set(name, value);
    }
    return new Environment(values);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  with(name: string, value: string): Environment {
    const values = new Map(this.#values);
    values.delete(name);
    values.set(name, value);
    return new Environment(values);
  }

  without(name: string): Environment {
    const values = new Map(this.#values);
    values.delete(name);
    return new Environment(values);
  }

  names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** `NAME=value`, in order. */
  lines(): readonly string[] {
    return Array.from(this.#values, ([name, value]) => `${name}=${value}`);
  }
}

/** `NAME=value` in two; the value may hold `=`. */
export function splitPair(line: string): { readonly name: string; readonly value: string } {
  const at = line.indexOf('=');
  return at === -1 ? { name: line, value: '' } : { name: line.slice(0, at), value: line.slice(at + 1) };
}

/** An image config's `Env` with one variable set: in place when it is there, else at the end. */
export function withEnvLine(lines: readonly string[], name: string, value: string): readonly string[] {
  const line = `${name}=${value}`;
  const index = lines.findIndex((other) => splitPair(other).name === name);
  return index === -1 ? [...lines, line] : lines.with(index, line);
}
