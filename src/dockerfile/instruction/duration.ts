const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  // The micro sign and the Greek letter mu.
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const LONGEST = 2 ** 63;
const PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;

/** A duration as Go writes it (`1h30m`, `1.5s`, `-2ms`, `0`) in nanoseconds; undefined if it is none. */
export function readDuration(text: string): number | undefined {
  const negative = text.startsWith('-');
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === '0') return 0;
  const total = body === '' ? undefined : sum(body);
  if (total === undefined || total >= LONGEST) return undefined;
  return Math.trunc(negative ? -total : total);
}

function sum(body: string): number | undefined {
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const [, whole = '', fraction = '', unit = ''] = PART.exec(body) ?? [];
    if (whole === '' && fraction === '') return undefined;
    total += Number(`0${whole}.${fraction}0`) * (NANOSECONDS[unit] ?? 0);
  }
  return total;
}
