import { isIP } from 'node:net';
import type { BuildRequest } from '../../engine/engine.ts';
import { badInput } from './problems.ts';

/** `nofile=1024:2048` or `nofile=1024` as docker build takes it; -1 is no limit. @throws BuildError `BAD_INPUT` */
export function parseUlimit(text: string): BuildRequest['ulimits'][number] {
  const match = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text);
  const [, name = '', soft = '', hard = soft] = match ?? [];
  if (match === null) throw badInput(`"${text}" is not of the form NAME=SOFT[:HARD]`);
  return { name, soft: Number(soft), hard: Number(hard) };
}

/** `name:ip` or `name=ip`, the address in brackets or not. @throws BuildError `BAD_INPUT` */
export function parseHost(text: string): BuildRequest['addHosts'][number] {
  const cut = /[=:]/.exec(text)?.index ?? -1;
  const name = text.slice(0, cut);
  const ip = text.slice(cut + 1).replace(/^\[(.*)\]$/, '$1');
  if (cut < 1 || isIP(ip) === 0) throw badInput(`"${text}" is not of the form NAME:IP`);
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
