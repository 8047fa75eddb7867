import { BuildError } from '../base/errors.ts';

/** Error code by which bad JSON of an image is told. */
const CODE = 'BAD_MANIFEST';

/** Makes the error for JSON that is not as it has to be. */
export type JsonFault = (message: string, cause?: unknown) => BuildError;

/**
 * Reads fields of JSON from elsewhere; every answer is of the promised type and within its limits, everything else an error that names the field. null
 * counts as missing, as Go writes it for empty lists. Unknown fields are left alone.
 */
export class JsonFields {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #fault: JsonFault;

  private constructor(value: Readonly<Record<string, unknown>>, where: string, fault: JsonFault) {
    this.#value = value;
    this.#where = where;
    this.#fault = fault;
  }

  /** @throws BuildError `BAD_MANIFEST` for anything but a JSON object in UTF-8 */
  static parse(bytes: Uint8Array, what: string): JsonFields {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (cause) {
      throw badManifest(`The ${what} is not JSON`, cause);
    }
    return JsonFields.of(value, what);
  }

  /** @param fault makes all errors of what is returned; default: BuildError `BAD_MANIFEST` */
  static of(value: unknown, where: string, fault: JsonFault = badManifest): JsonFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw fault(`${where} is not an object`);
    }
    return new JsonFields(value as Readonly<Record<string, unknown>>, where, fault);
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  /** @param most characters */
  text(name: string, most = Number.POSITIVE_INFINITY): string {
    const value = this.optionalText(name) ?? this.#missing(name);
    if (value.length > most) throw this.#fault(`${this.#name(name)} is longer than ${most} characters`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, 'a text');
  }

  /** A whole number from 0. */
  count(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.optionalCount(name) ?? this.#missing(name);
    if (value > most) throw this.#fault(`${this.#name(name)} is more than ${most}`);
    return value;
  }

  /** A whole number from `least` on. */
  integer(name: string, least: number): number {
    const value = this.#get(name) ?? this.#missing(name);
    if (Number.isSafeInteger(value) && Number(value) >= least) return Number(value);
    throw this.#wrong(name, `a whole number from ${least} on`);
  }

  optionalCount(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0))
      return value as number | undefined;
    throw this.#wrong(name, 'a whole number');
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#wrong(name, 'true or false');
  }

  object(name: string): JsonFields {
    return this.optionalObject(name) ?? this.#missing(name);
  }

  optionalObject(name: string): JsonFields | undefined {
    const value = this.#get(name);
    return value === undefined ? undefined : JsonFields.of(value, this.#name(name), this.#fault);
  }

  objects(name: string): readonly JsonFields[] {
    return this.#list(name).map((item, i) => JsonFields.of(item, `${this.#name(name)}[${i}]`, this.#fault));
  }

  /** Members of any type; it has to be there. */
  list(name: string, most: number): readonly unknown[] {
    if (!this.has(name)) return this.#missing(name);
    const list = this.#list(name);
    if (list.length > most) throw this.#fault(`${this.#name(name)} has more than ${most} members`);
    return list;
  }

  /** All fields as texts. */
  texts(most: number, longest: number): Readonly<Record<string, string>> {
    const names = Object.keys(this.#value);
    if (names.length > most) throw this.#fault(`${this.#where} has more than ${most} members`);
    return Object.fromEntries(names.map((name) => [name, this.text(name, longest)]));
  }

  optionalTexts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    const list = this.#list(name);
    if (list.every((item) => typeof item === 'string')) return list;
    throw this.#wrong(name, 'a list of texts');
  }

  optionalTextMap(name: string): Readonly<Record<string, string>> | undefined {
    const map = this.#map(name);
    if (map === undefined || Object.values(map).every((item) => typeof item === 'string')) {
      return map as Readonly<Record<string, string>> | undefined;
    }
    throw this.#wrong(name, 'an object of texts');
  }

  /** Names whose values are empty objects, as `Volumes` has them. */
  optionalSet(name: string): Readonly<Record<string, object>> | undefined {
    const map = this.#map(name);
    if (map === undefined) return undefined;
    return Object.fromEntries(Object.keys(map).map((key) => [key, {}]));
  }

  /** All fields but these, null ones left out. */
  others(known: readonly string[]): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(this.#value).filter(([name, value]) => !known.includes(name) && value !== null),
    );
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? (this.#value[name] ?? undefined) : undefined;
  }

  #map(name: string): Readonly<Record<string, unknown>> | undefined {
    const fields = this.optionalObject(name);
    return fields === undefined ? undefined : fields.#value;
  }

  #list(name: string): readonly unknown[] {
    const value = this.#get(name) ?? [];
    if (Array.isArray(value)) return value;
    throw this.#wrong(name, 'a list');
  }

  #name(name: string): string {
    return `${this.#where}.${name}`;
  }

  #missing(name: string): never {
    throw this.#fault(`${this.#name(name)} is missing`);
  }

  #wrong(name: string, wanted: string): BuildError {
    return this.#fault(`${this.#name(name)} is not ${wanted}`);
  }
}

export function badManifest(message: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'remote', code: CODE, message, cause });
}
