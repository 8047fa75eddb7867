/** Looking into JSON whose shape is not known. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object; an empty one for anything else. */
export function record(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The objects of an array; nothing for anything else. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether an array of objects has these keys in its first element. */
export function listOf(value: unknown, ...keys: readonly string[]): boolean {
  const [first] = objects(value);
  return first !== undefined && keys.every((key) => key in first);
}

/** `K=V` lines, or an object, as a map. */
export function variables(value: unknown): Map<string, string> {
  if (isObject(value)) return new Map(Object.entries(value).map(([key, one]) => [key, text(one)]));
  return new Map(
    strings(value).map((line) => {
      const equals = line.indexOf('=');
      return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
}
