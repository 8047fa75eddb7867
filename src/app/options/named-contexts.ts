import { resolve } from 'node:path';
import type { NamedContextSource } from '../../engine/engine.ts';
import { formatReference, parseReference } from '../../image/reference.ts';
import { parseGitReference } from '../../plan/git-reference.ts';
import { isFolderAt, isWebAddress } from '../contexts/context-address.ts';
import { badInput } from './problems.ts';

const IMAGE = 'docker-image://';

/**
 * `NAME=PATH`, `NAME=docker-image://REFERENCE`, or the address of a Git repository or a download.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`, `BAD_GIT_REFERENCE`
 */
export function parseNamedContext(item: string): [string, NamedContextSource] {
  const equals = item.indexOf('=');
  if (equals < 1) throw badInput(`"${item}" is not of the form NAME=PATH`);
  const name = item.slice(0, equals).trim().toLowerCase();
  const value = item.slice(equals + 1).trim();
  if (value === `${IMAGE}scratch`) return [name, { kind: 'empty' }];
  if (value.startsWith(IMAGE)) {
    return [name, { kind: 'image', reference: formatReference(parseReference(value.slice(IMAGE.length))) }];
  }
  const path = resolve(value);
  if (isFolderAt(path)) return [name, { kind: 'folder', path }];
  if (parseGitReference(value) !== undefined) return [name, { kind: 'git', url: value }];
  if (isWebAddress(value)) return [name, { kind: 'http', url: value }];
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1];
  if (scheme === undefined) throw badInput(`the folder ${value} of the context "${name}" is not there`);
  throw badInput(
    `the context "${name}" is an address of the kind ${scheme}://`,
    'It may be a folder, docker-image://REFERENCE, a Git repository or an http address. An OCI layout (oci-layout://) can be pushed to a registry first.',
  );
}
