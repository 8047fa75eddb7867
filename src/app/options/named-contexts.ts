import { resolve } from 'node:path';
import type { NamedContextSource } from '../../engine/engine.ts';
import { parseDigest } from '../../image/digest.ts';
import { formatReference, parseReference } from '../../image/reference.ts';
import { parseGitReference } from '../../plan/git-reference.ts';
import { layoutRepository } from '../../registry/layout/layout-place.ts';
import { isFolderAt, isWebAddress } from '../contexts/context-address.ts';
import { badInput } from './problems.ts';

const IMAGE = 'docker-image://';
const LAYOUT = 'oci-layout://';

/**
 * `NAME=PATH`, `NAME=docker-image://REFERENCE`, `NAME=oci-layout://PATH[:TAG][@DIGEST]`, or the address of a Git repository or a download.
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
  if (value.startsWith(LAYOUT)) return [name, imageInLayout(name, value.slice(LAYOUT.length))];
  const path = resolve(value);
  if (isFolderAt(path)) return [name, { kind: 'folder', path }];
  if (parseGitReference(value) !== undefined) return [name, { kind: 'git', url: value }];
  if (isWebAddress(value)) return [name, { kind: 'http', url: value }];
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1];
  if (scheme === undefined) throw badInput(`the folder ${value} of the context "${name}" is not there`);
  throw badInput(
    `the context "${name}" is an address of the kind ${scheme}://`,
    'It may be a folder, docker-image://REFERENCE, oci-layout://PATH:TAG, a Git repository or an http address.',
  );
}

/** As buildx reads it: a digest goes before a tag, and without both `latest` is meant. */
function imageInLayout(name: string, text: string): NamedContextSource {
  const match = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(.*))?$/s.exec(text);
  const [, folder = '', tag, digest] = isFolderAt(resolve(text)) ? ['', text] : (match ?? []);
  const layout = resolve(folder);
  if (folder === '' || !isFolderAt(layout))
    throw badInput(`the OCI layout ${folder} of the context "${name}" is not a folder that is there`);
  const suffix =
    digest === undefined ? { ...(tag === undefined ? {} : { tag }) } : { digest: parseDigest(digest) };
  return { kind: 'image', reference: formatReference({ ...layoutRepository(layout), ...suffix }), layout };
}
