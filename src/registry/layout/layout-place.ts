import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Repository } from '../../image/types.ts';

/** No registry: RFC 6761, section 6.4 keeps names below `.invalid` from ever being hosts. */
export const LAYOUT_HOST = 'oci-layout.invalid';

const LONGEST_NAME = 40;

/** The name under which a layout folder is known where images have names of repositories. `folder`: absolute. */
export function layoutRepository(folder: string): Repository {
  const words = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_NAME)
    .replace(/-+$/, '');
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return { host: LAYOUT_HOST, path: words === '' ? hash : `${words}-${hash}` };
}
