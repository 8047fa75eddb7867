import { isIP } from 'node:net';
import type { BuildRequest } from '../../engine/engine.ts';
import { badInput } from './problems.ts';

/** Docker's names (go-units, ulimit.go), and `as`. */
const RESOURCES: readonly string[] = [
  'as',
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

/** `nofile=1024:2048` or `nofile=1024` as docker build takes it; -1 is no limit. @throws BuildError `BAD_INPUT` */
export function parseUlimit(text: string): BuildRequest['ulimits'][number] {
  const match = /^([a-z]+)=(-1|\d+)(?::(-1|\d+))?$/.exec(text);
  const [, name = '', softText = '', hardText = softText] = match ?? [];
  if (match === null)
    throw badInput(
      `"${text}" is not of the form NAME=SOFT[:HARD]`,
      'Limits are whole numbers, or -1 for none.',
    );
  if (!RESOURCES.includes(name))
    throw badInput(`"${name}" is not a resource with a limit`, `It is ${RESOURCES.join(', ')}.`);
  const [soft, hard] = [Number(softText), Number(hardText)];
  if (hard !== -1 && (soft === -1 || soft > hard))
    throw badInput(`"${text}": the soft limit ${soft} is above the hard limit ${hard}`);
  return { name, soft, hard };
}

/** Docker's word for the machine that builds. Steps share its network, so that it is where they are. */
const GATEWAY = 'host-gateway';

/** `name:ip` or `name=ip`, the address in brackets or not, or `name:host-gateway`. @throws BuildError `BAD_INPUT` */
export function parseHost(text: string): BuildRequest['addHosts'][number] {
  const cut = /[=:]/.exec(text)?.index ?? -1;
  const name = text.slice(0, cut);
  const address = text.slice(cut + 1).replace(/^\[(.*)\]$/, '$1');
  const ip = address === GATEWAY ? '127.0.0.1' : address;
  if (cut < 1 || /\s/.test(name) || isIP(ip) === 0) throw badInput(`"${text}" is not of the form NAME:IP`);
  return { name, ip };
}

/** @throws BuildError `BAD_INPUT` */
export function parseNetwork(text: string): BuildRequest['network'] {
  if (text === '' || text === 'default') return 'default';
  if (text === 'none' || text === 'host') return text;
  throw badInput(`"${text}" is not a network mode`, 'It is default, none or host.');
}

/** An entitlement as docker buildx names it. @throws BuildError `BAD_INPUT` */
export function parseEntitlement(text: string): BuildRequest['allow'][number] {
  if (text === 'network.host' || text === 'security.insecure') return text;
  if (/^device(=|$)/.test(text))
    throw badInput(`"${text}" cannot be granted`, 'This builder gives RUN no devices of the machine.');
  throw badInput(`"${text}" is not an entitlement`, 'It is network.host or security.insecure.');
}
