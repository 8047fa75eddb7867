import { isIP } from 'node:net';
import { BuildError } from '../base/errors.ts';

/** What one word of EXPOSE says. */
export interface PortSpec {
  /** `port/proto`, one for each port of a range. */
  readonly ports: readonly string[];
  /** The protocol is not in lower case. */
  readonly oddCase: boolean;
  /** There is an address or a host port, which EXPOSE has no use for. */
  readonly mapped: boolean;
}

const PROTOCOLS: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);
const HIGHEST = 65_535;

/**
 * Reads `[ip:][host:]port[-end][/proto]`.
 * @throws BuildError `BAD_PORT`
 */
export function parsePort(text: string): PortSpec {
  const { ip, host, container } = splitParts(text);
  const slash = container.indexOf('/');
  const range = slash === -1 ? container : container.slice(0, slash);
  const protocol = slash === -1 ? '' : container.slice(slash + 1);
  if (range === '') throw bad(text, 'it names no port');
  const lower = protocol === '' ? 'tcp' : protocol.toLowerCase();
  if (!PROTOCOLS.has(lower)) throw bad(text, `"${protocol}" is not tcp, udp or sctp`);
  checkAddress(text, ip);
  const [start, end] = readRange(text, range);
  if (host !== '') checkHostRange(text, host, end - start);
  return {
    ports: Array.from({ length: end - start + 1 }, (_, index) => `${start + index}/${lower}`),
    oddCase: protocol !== protocol.toLowerCase(),
    mapped: ip !== '' || host !== '',
  };
}

function splitParts(text: string): {
  readonly ip: string;
  readonly host: string;
  readonly container: string;
} {
  const parts = text.split(':');
  return {
    ip: parts.slice(0, -2).join(':'),
    host: parts.at(-2) ?? '',
    container: parts.at(-1) ?? '',
  };
}

function checkAddress(text: string, ip: string): void {
  if (ip === '') return;
  const bare = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
  if (bare !== '' && isIP(bare) === 0) throw bad(text, `"${bare}" is not an IP address`);
}

function checkHostRange(text: string, host: string, span: number): void {
  const [start, end] = readRange(text, host);
  if (span !== 0 && end - start !== span) throw bad(text, 'the two ranges are not of the same length');
}

function readRange(text: string, range: string): readonly [number, number] {
  const dash = range.indexOf('-');
  if (dash === -1) {
    const port = readNumber(text, range);
    return [port, port];
  }
  const start = readNumber(text, range.slice(0, dash));
  const end = readNumber(text, range.slice(dash + 1));
  if (end < start) throw bad(text, 'the range ends before it begins');
  return [start, end];
}

function readNumber(text: string, digits: string): number {
  if (!/^\+?\d+$/.test(digits)) throw bad(text, `"${digits}" is not a port`);
  const port = Number(digits);
  if (port > HIGHEST) throw bad(text, `a port is at most ${HIGHEST}`);
  return port;
}

function bad(text: string, reason: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_PORT',
    message: `"${text}" cannot be exposed: ${reason}`,
    hint: 'Write it as port, port/udp or first-last.',
  });
}
