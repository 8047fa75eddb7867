// Has BuildKit build the cases of __tests__/testdata/buildkit-cache with a registry cache, and writes down what it stores, for
// __tests__/engine/buildkit. Images that the cases name have to be in the registry.
//   node scripts/record-buildkit.ts DOCKER REGISTRY VERSION [CASE…]
// DOCKER: a docker with buildx. REGISTRY: host:port of a registry without TLS. VERSION: BuildKit's, for the names of the files.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  BASES_FILE,
  type BuildkitCase,
  buildkitCases,
  type CaseFile,
  type RecordedBase,
} from '../__tests__/support/buildkit-case.ts';
import { parsePlatform } from '../src/image/platform.ts';
import { parseReference } from '../src/image/reference.ts';
import { createRegistry } from '../src/registry/http/client.ts';
import { resolveImage } from '../src/registry/pull.ts';

const IMAGES = [
  ['library/busybox:latest', 'linux/amd64'],
  ['bkbase/bb:multi', 'linux/amd64'],
  ['bkbase/bb:multi', 'linux/arm64'],
] as const;
const REPOSITORY = 'buildkit-cache-record';
const PLAIN_MODE = 0o644;

const [docker = 'docker', host = '127.0.0.1:5000', version = 'unknown', ...names] = process.argv.slice(2);
const registry = createRegistry({ credentials: { find: async () => undefined } });

for (const each of buildkitCases()) {
  if (names.length === 0 || names.includes(each.name)) await record(each);
}
writeFileSync(BASES_FILE, `${JSON.stringify(await bases(), undefined, 1)}\n`);
process.exit(0);

async function record(each: BuildkitCase): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'record-buildkit-'));
  const files = await serve(each);
  try {
    const context = join(folder, 'context');
    mkdirSync(context, { mode: 0o755 });
    for (const [path, file] of Object.entries(each.files)) place(join(context, path), file, context);
    // Folders last: what is in them is written before they are closed.
    for (const [path, file] of Object.entries(each.files)) {
      if (typeof file !== 'string' && file.folder === true)
        chmodSync(join(context, path), Number.parseInt(file.mode ?? '755', 8));
    }
    writeFileSync(join(folder, 'Dockerfile'), each.dockerfile);
    // Not synchronous: BuildKit downloads from this process.
    await promisify(execFile)(docker, ['buildx', 'build', ...flags(each, folder, files.address), context]);
    process.stdout.write(`${each.name}\n`);
    await keep(each);
  } finally {
    files.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function flags({ name, options }: BuildkitCase, folder: string, address: string): readonly string[] {
  const { buildArgs = {}, platforms = [], secrets = {}, addHosts = [], ulimits = [], shmSize } = options;
  const args = { ...buildArgs, REGISTRY: host, ...(options.remote === undefined ? {} : { FILES: address }) };
  return [
    ...['-f', join(folder, 'Dockerfile'), '--network=host', '--provenance=false', '--push'],
    ...['-t', `${host}/${REPOSITORY}/image:${name}`],
    ...['--cache-to', `type=registry,ref=${host}/${REPOSITORY}:${name},mode=max,image-manifest=true`],
    ...Object.entries(args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ...(platforms.length === 0 ? [] : ['--platform', platforms.join()]),
    ...Object.entries(secrets).flatMap(([id, text]) => {
      writeFileSync(join(folder, id), text);
      return ['--secret', `id=${id},src=${join(folder, id)}`];
    }),
    ...addHosts.flatMap((entry) => ['--add-host', `${entry.name}:${entry.ip}`]),
    ...ulimits.flatMap((limit) => ['--ulimit', `${limit.name}=${limit.soft}:${limit.hard}`]),
    ...(shmSize === undefined ? [] : ['--shm-size', String(shmSize)]),
  ];
}

function place(path: string, file: CaseFile, context: string): void {
  const parent = dirname(path);
  if (parent !== context) mkdirSync(parent, { recursive: true, mode: 0o755 });
  const { text = '', mode, link, folder, fifo } = typeof file === 'string' ? { text: file } : file;
  if (folder === true) mkdirSync(path, { recursive: true });
  else if (link !== undefined) symlinkSync(link, path);
  else if (fifo === true) execFileSync('mkfifo', ['-m', '644', path]);
  else {
    writeFileSync(path, text);
    chmodSync(path, mode === undefined ? PLAIN_MODE : Number.parseInt(mode, 8));
  }
}

async function serve({ options }: BuildkitCase): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const file = options.remote?.[(request.url ?? '').slice(1)];
    const headers = file === undefined ? {} : { 'last-modified': new Date(file.mtime * 1000).toUTCString() };
    response.writeHead(file === undefined ? 404 : 200, headers).end(file?.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, close: () => server.close() };
}

async function keep({ name, folder }: BuildkitCase): Promise<void> {
  const repository = { host, path: REPOSITORY };
  const { bytes } = await registry.manifest(repository, name);
  const manifest = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const chunks: Uint8Array[] = [];
  for await (const chunk of await registry.blob(repository, manifest.config))
    chunks.push(Uint8Array.from(chunk));
  const config = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  writeFileSync(
    join(folder, `recorded-${version}.json`),
    `${JSON.stringify({ by: version, manifest, config })}\n`,
  );
}

async function bases(): Promise<readonly RecordedBase[]> {
  return Promise.all(
    IMAGES.map(async ([name, platform]) => {
      const resolved = await resolveImage(
        registry,
        parseReference(`${host}/${name}`),
        parsePlatform(platform),
      );
      const { config } = resolved.image;
      return {
        reference: name,
        platform,
        source: resolved.source.digest,
        manifest: resolved.manifest.descriptor.digest,
        config: { ...config, history: [] },
      };
    }),
  );
}
