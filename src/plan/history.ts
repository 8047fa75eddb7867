import type { Healthcheck, HistoryEntry } from '../image/types.ts';

/** Signs the entries that we make; BuildKit writes its own name there. */
export const HISTORY_COMMENT = 'ts-image-build';

export function historyEntry(createdBy: string, makesLayer: boolean): HistoryEntry {
  return {
    created_by: createdBy,
    comment: HISTORY_COMMENT,
    ...(makesLayer ? {} : { empty_layer: true }),
  };
}

/** `["a" "b"]`: how Go prints a list of strings with %q. */
export function quotedList(words: readonly string[]): string {
  return `[${words.map(quoted).join(' ')}]`;
}

/** `[a b]`: how Go prints a list of strings with %v. */
export function plainList(words: readonly string[]): string {
  return `[${words.join(' ')}]`;
}

/** `{Test:[CMD x] Interval:1s …}`: how Go prints the struct with %+v. */
export function healthcheckText(check: Healthcheck): string {
  const fields = [
    `Test:${plainList(check.Test ?? [])}`,
    `Interval:${formatDuration(check.Interval ?? 0)}`,
    `Timeout:${formatDuration(check.Timeout ?? 0)}`,
    `StartPeriod:${formatDuration(check.StartPeriod ?? 0)}`,
    `StartInterval:${formatDuration(check.StartInterval ?? 0)}`,
    `Retries:${check.Retries ?? 0}`,
  ];
  return `{${fields.join(' ')}}`;
}

/** Go's way to write a duration given in nanoseconds: `1m30s`, `1.5s`, `250ms`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  const value = Math.abs(nanoseconds);
  const sign = nanoseconds < 0 ? '-' : '';
  if (value < 1e3) return `${sign}${value}ns`;
  if (value < 1e6) return `${sign}${trimmed(value, 1e3)}µs`;
  if (value < 1e9) return `${sign}${trimmed(value, 1e6)}ms`;
  const minutes = Math.floor(value / 60e9);
  const seconds = `${trimmed(value - minutes * 60e9, 1e9)}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}

/** value/unit with all its decimals, worked out on whole numbers. */
function trimmed(value: number, unit: number): string {
  const whole = Math.floor(value / unit);
  const digits = String(Math.round(unit)).length - 1;
  const rest = String(value - whole * unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(whole) : `${whole}.${rest}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** Go's strconv.Quote. */
function quoted(word: string): string {
  let text = '';
  for (const character of word) text += ESCAPES[character] ?? escaped(character);
  return `"${text}"`;
}

function escaped(character: string): string {
  if (character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xff_ff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
