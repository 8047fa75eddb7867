import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface TempDir extends AsyncDisposable {
  readonly path: string;
}

/** A new folder below `parent` (which must exist), mode 0700, removed with all its content when disposed. */
export async function tempDir(parent: string, prefix: string): Promise<TempDir> {
  const path = await mkdtemp(join(parent, prefix));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}
