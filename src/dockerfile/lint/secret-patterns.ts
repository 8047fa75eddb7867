/** Texts that are a credential by their form alone. Lengths are bounded, so that a long line costs no more than its length. */
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}/],
  ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{16,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-[A-Za-z0-9_-]{50,}/],
  ['a Docker Hub token', /\bdckr_pat_[A-Za-z0-9_-]{20,}/],
  ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/],
  ['a private key', /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}/],
  [
    'a password in a URL',
    /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@$"']{1,200}:[^\s:/@$"'{}]{3,200}@[\w.-]{1,255}/,
  ],
];

export interface SecretText {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** The first credential in a text. */
export function findSecret(text: string): SecretText | undefined {
  for (const [what, pattern] of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { what, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** Shorter values are not judged by their look. */
const LONG = 16;
/** Bits a character: words lie below, random text above. */
const RANDOM = 3.5;

/** True for a value that looks like random text: long, of one piece, with letters and digits mixed. */
export function looksRandom(value: string): boolean {
  if (value.length < LONG || !/^[A-Za-z0-9+/=_.-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return entropy(value) >= RANDOM;
}

/** Shannon's entropy, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
