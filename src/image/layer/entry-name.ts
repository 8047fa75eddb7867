import { isUtf8 } from 'node:buffer';

/** U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF that are not part of valid UTF-8. */
const ESCAPE_BASE = 0xdc00;
const LOWEST_SURROGATE = 0xd800;

/** Bytes of a name as a string; every byte that is not part of valid UTF-8 becomes U+DC00 + byte. */
export function decodeName(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let text = '';
  let from = 0;
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += buffer.toString('utf8', from, at) + String.fromCharCode(ESCAPE_BASE + (buffer[at] ?? 0));
    at += 1;
    from = at;
  }
  return text + buffer.toString('utf8', from);
}

/** The bytes that `decodeName` was given. Lone surrogates outside U+DC80 to U+DCFF, which it never makes, become U+FFFD. */
export function encodeName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name, 'utf8');
  const pieces: Buffer[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const escaped = code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff;
    pieces.push(escaped ? Buffer.from([code - ESCAPE_BASE]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(pieces);
}

/** Byte order of the encoded names, as sort callbacks want it. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Below the surrogates UTF-8 keeps the order of the code units.
    if (left < LOWEST_SURROGATE && right < LOWEST_SURROGATE) return left - right;
    return Buffer.compare(encodeName(a), encodeName(b));
  }
  return a.length - b.length;
}

/** Length of the valid UTF-8 sequence (Unicode 15, table 3-7) at `at`; 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
