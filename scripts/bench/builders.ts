import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Builder, output } from './builder.ts';
import type { CachePlace } from './cache-place.ts';

const CLI = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** The bundle of this checkout. */
export async function ourBuilder(cli = CLI): Promise<Builder & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-state-'));
  let count = 0;
  let state = join(folder, '0');
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  // Nothing is deleted between runs: a disk that is told of freed blocks is slow for minutes, as no fresh runner's is.
  const reset = async (): Promise<void> => {
    count += 1;
    state = join(folder, String(count));
  };
  return {
    name: 'ours',
    about: `ts-image-build ${version}, Node ${process.versions.node}`,
    reset,
    command: ({ context, reference, cache }) => {
      const place = cache === undefined ? undefined : ourPlace(cache);
      return {
        argv: [
          process.execPath,
          cli,
          ...['build', '--no-lint', '--push', '--state-dir', state, '-t', reference],
          ...(place === undefined ? [] : ['--cache-from', place, '--cache-to', place]),
          context,
        ],
        ...(cache?.type === 'gha' ? { environment: cache.environment } : {}),
      };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * `docker buildx` with the daemon's own BuildKit; undefined, with a reason, where there is none.
 * @param resetCommand empties the daemon; default: prune, which leaves it running and takes nothing that a container uses, but deletes just before a
 * run. Where that makes the disk slow, start the daemon on an empty data folder instead
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
    command: ({ context, reference, cache }) => {
      const place = cache === undefined ? undefined : buildkitPlace(cache);
      return {
        argv: [
          docker,
          ...['buildx', 'build', '--progress=plain', '--network=host', '--provenance=false', '--push'],
          ...['-t', reference],
          ...(place === undefined ? [] : ['--cache-from', place, '--cache-to', `${place},mode=max`]),
          context,
        ],
      };
    },
  };
}

function ourPlace(cache: CachePlace): string {
  return cache.type === 'registry' ? `type=registry,ref=${cache.reference}` : `type=gha,scope=${cache.scope}`;
}

/** BuildKit's daemon does not see the environment of the command: it is told in attributes. */
function buildkitPlace(cache: CachePlace): string {
  if (cache.type === 'registry') return `type=registry,ref=${cache.reference}`;
  const { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token } = cache.environment;
  return `type=gha,version=2,url_v2=${url},token=${token},scope=${cache.scope}`;
}
