/** A 32-bit number without sign, in base 8 or 10. */
export function readUint32(text: string, base: 8 | 10): number | undefined {
  if (!(base === 8 ? /^[0-7]+$/ : /^[0-9]+$/).test(text)) return undefined;
  const value = Number.parseInt(text, base);
  return value <= 0xff_ff_ff_ff ? value : undefined;
}

const UNITS = 'kmgtp';

/** A size in bytes: a number with an optional unit, powers of 1024 (`1.5g`, `64m`, `10MiB`). */
export function readSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)*) ?([kmgtp]?)(?:i?b)?$/i.exec(text);
  if (match === null) return undefined;
  const count = Number(match[1]);
  if (Number.isNaN(count)) return undefined;
  const unit = match[2]?.toLowerCase() ?? '';
  return Math.trunc(count * 1024 ** (unit === '' ? 0 : UNITS.indexOf(unit) + 1));
}
