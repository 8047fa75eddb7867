import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exec } from '../../base/exec.ts';
import type { HeldFolder } from '../worker.ts';

/** Where a worker keeps what outlives a build. */
export interface HeldPlaces {
  /** Of LayerStores. */
  readonly layers: readonly string[];
  /** Of CacheMounts. */
  readonly caches: string;
}

/** What is there, with sizes on disk. Another worker may be changing it: then what can be seen. */
export async function heldFolders({ layers, caches }: HeldPlaces): Promise<readonly HeldFolder[]> {
  const found = [
    ...(await Promise.all(layers.map((place) => sizes(place, 1)))).flat().map((each) => {
      return { ...each, kind: 'layer' as const, used: join(each.path, 'facts.json') };
    }),
    ...(await sizes(caches, 2)).map((each) => ({ ...each, kind: 'mount' as const, used: each.path })),
  ];
  const folders = await Promise.all(
    found.map(async ({ kind, name, size, used }): Promise<HeldFolder[]> => {
      const info = await stat(used).catch(() => undefined);
      return info === undefined ? [] : [{ kind, name, size, lastUsed: info.mtime }];
    }),
  );
  return folders.flat();
}

interface Sized {
  readonly path: string;
  /** Below the place. */
  readonly name: string;
  /** Bytes on disk. */
  readonly size: number;
}

/** Folders at exactly this depth, by one child process for all. */
async function sizes(place: string, depth: number): Promise<readonly Sized[]> {
  const argv = ['du', '-x', `--max-depth=${depth}`, '--block-size=1', '--null', '--', place];
  const { stdout } = await exec(argv);
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line): Sized[] => {
      const [size = '', path = ''] = line.split('\t');
      const name = path.slice(place.length + 1);
      return name.split('/').length === depth && name !== '' ? [{ path, name, size: Number(size) }] : [];
    });
}
