import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Builder, output } from './builder.ts';

const CLI = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** The bundle of this checkout. */
export async function ourBuilder(cli = CLI): Promise<Builder & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-state-'));
  const state = join(folder, 'state');
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const reset = (): Promise<void> => rm(state, { recursive: true, force: true });
  return {
    name: 'ours',
    about: `ts-image-build ${version}, Node ${process.versions.node}`,
    reset,
    command: ({ context, reference, cache }) => [
      process.execPath,
      cli,
      ...['build', '--no-lint', '--push', '--state-dir', state, '-t', reference],
      ...(cache === undefined
        ? []
        : ['--cache-from', `type=registry,ref=${cache}`, '--cache-to', `type=registry,ref=${cache}`]),
      context,
    ],
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * `docker buildx` with the daemon's own BuildKit; undefined, with a reason, where there is none.
 * @param resetCommand empties the daemon; default: prune, which leaves it running and takes nothing that a container uses
 */
export async function buildx(docker: string, resetCommand: string | undefined): Promise<Builder | string> {
  let version: string;
  try {
    version = (await output([docker, 'version', '--format', '{{.Server.Version}}'])).trim();
    version += `, ${(await output([docker, 'buildx', 'version'])).trim()}`;
  } catch (error) {
    const [why = ''] = String(error).split('\n').slice(1);
    return `no docker with a daemon: ${why === '' ? String(error) : why}`;
  }
  return {
    name: 'buildx',
    about: `docker ${version}`,
    async reset() {
      if (resetCommand !== undefined) {
        await output(['sh', '-c', resetCommand]);
        return;
      }
      await output([docker, 'image', 'prune', '--all', '--force']);
      await output([docker, 'buildx', 'prune', '--all', '--force']);
    },
    command: ({ context, reference, cache }) => [
      docker,
      ...['buildx', 'build', '--progress=plain', '--network=host', '--provenance=false', '--push'],
      ...['-t', reference],
      ...(cache === undefined
        ? []
        : [
            '--cache-from',
            `type=registry,ref=${cache}`,
            '--cache-to',
            `type=registry,ref=${cache},mode=max`,
          ]),
      context,
    ],
  };
}
