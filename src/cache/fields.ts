import { BuildError } from '../base/errors.ts';

/** Fields of a parsed JSON object, read one by one with their types and limits checked. Unknown fields are left alone. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #where: string;

  /** @throws BuildError `CACHE_DATA_BAD` when it is no object */
  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(where, 'is no object');
    this.#values = value as Readonly<Record<string, unknown>>;
    this.#where = where;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined;
  }

  /** @throws BuildError `CACHE_DATA_BAD`, as all the methods below */
  text(name: string, most: number): string {
    const value = this.#own(name);
    if (typeof value !== 'string') throw bad(`${this.#where}.${name}`, 'is no text');
    if (value.length > most) throw bad(`${this.#where}.${name}`, `is longer than ${most} characters`);
    return value;
  }

  /** A whole number from 0 on. */
  count(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.#own(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) {
      throw bad(`${this.#where}.${name}`, `is no whole number from 0 to ${most}`);
    }
    return value;
  }

  /** A whole number from `least` on. */
  integer(name: string, least: number): number {
    const value = this.#own(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
      throw bad(`${this.#where}.${name}`, `is no whole number from ${least} on`);
    }
    return value;
  }

  list(name: string, most: number): readonly unknown[] {
    const value = this.#own(name);
    if (!Array.isArray(value)) throw bad(`${this.#where}.${name}`, 'is no list');
    if (value.length > most) throw bad(`${this.#where}.${name}`, `has more than ${most} members`);
    return value;
  }

  object(name: string): Fields {
    return new Fields(this.#own(name), `${this.#where}.${name}`);
  }

  /** All members as texts. */
  texts(most: number, longest: number): Readonly<Record<string, string>> {
    const names = Object.keys(this.#values);
    if (names.length > most) throw bad(this.#where, `has more than ${most} members`);
    return Object.fromEntries(names.map((name) => [name, this.text(name, longest)]));
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** @throws BuildError `CACHE_DATA_BAD` for text that is not JSON */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BuildError({ kind: 'remote', code: 'CACHE_DATA_BAD', message: `${where} is not JSON`, cause });
  }
}

function bad(where: string, what: string): BuildError {
  return new BuildError({ kind: 'remote', code: 'CACHE_DATA_BAD', message: `${where} ${what}` });
}
