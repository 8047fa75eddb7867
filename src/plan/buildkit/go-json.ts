/** What goJson writes. Objects keep the order of their fields. */
export type GoValue =
  | string
  | number
  | bigint
  | boolean
  | readonly GoValue[]
  | { readonly [name: string]: GoValue };

/** JSON byte for byte as Go's encoding/json writes it: no blanks, `<`, `>` and `&` escaped, bytes that are no UTF-8 replaced. */
export function goJson(value: GoValue): string {
  if (typeof value === 'string') return goString(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${goString(name)}:${goJson(field)}`);
  return `{${fields.join(',')}}`;
}

/**
 * A struct whose fields are `omitempty`: zeros, empty texts and lists are left out; a message that is there stays, even when it is empty.
 * @param told fields that stay when they are 0
 */
export function message(
  fields: Readonly<Record<string, GoValue | undefined>>,
  told: readonly string[] = [],
): { readonly [name: string]: GoValue } {
  const kept = Object.entries(fields).filter(
    (field): field is [string, GoValue] =>
      !isZero(field[1]) || (field[1] !== undefined && told.includes(field[0])),
  );
  return Object.fromEntries(kept);
}

function isZero(value: GoValue | undefined): boolean {
  if (value === undefined || value === '' || value === 0 || value === 0n || value === false) return true;
  return isList(value) && value.length === 0;
}

function isList(value: GoValue | undefined): value is readonly GoValue[] {
  return Array.isArray(value);
}

function goString(text: string): string {
  // Bytes that are no UTF-8 are lone surrogates in our texts.
  const parts = text.split(/\p{Surrogate}/u).map((part) =>
    JSON.stringify(part)
      .slice(1, -1)
      .replace(
        /[<>&\u2028\u2029]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
  );
  return `"${parts.join('\\ufffd')}"`;
}
