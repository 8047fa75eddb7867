import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContextSource } from '../../engine/engine.ts';
import { formatReference, parseReference } from '../../image/reference.ts';
import { badInput } from './problems.ts';

const IMAGE = 'docker-image://';

/** `NAME=PATH` or `NAME=docker-image://REFERENCE`. @throws BuildError `BAD_INPUT`, `BAD_REFERENCE` */
export function parseNamedContext(item: string): [string, ContextSource] {
  const equals = item.indexOf('=');
  if (equals < 1) throw badInput(`"${item}" is not of the form NAME=PATH`);
  const name = item.slice(0, equals).trim().toLowerCase();
  const value = item.slice(equals + 1).trim();
  if (value === `${IMAGE}scratch`) return [name, { kind: 'empty' }];
  if (value.startsWith(IMAGE)) {
    return [name, { kind: 'image', reference: formatReference(parseReference(value.slice(IMAGE.length))) }];
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    throw badInput(
      `the context "${name}" is ${value}`,
      'This version takes folders and docker-image:// references.',
    );
  }
  const path = resolve(value);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw badInput(`the folder ${value} of the context "${name}" is not there`);
  return [name, { kind: 'folder', path }];
}
