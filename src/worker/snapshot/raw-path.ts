import { encodeName } from '../../image/layer/entry-name.ts';

/** The path of a node below `folder` as bytes, since names need not be UTF-8. */
export function rawPath(folder: string, path: string): Buffer {
  return path === '' ? Buffer.from(folder) : Buffer.concat([Buffer.from(`${folder}/`), encodeName(path)]);
}
