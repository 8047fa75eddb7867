import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { extract } from 'tar-stream';
import type { Exporter, ExportRequest } from '../../src/export/exporter.ts';
import { dockerArchiveExporter, dockerLoadExporter } from '../../src/export/to/docker-archive.ts';
import { localExporter } from '../../src/export/to/local.ts';
import { ociExporter } from '../../src/export/to/oci.ts';
import { registryExporter } from '../../src/export/to/registry.ts';
import { tarExporter } from '../../src/export/to/tar.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { Layer } from '../../src/image/types.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { DockerRegistry, dockerRegistryMissing, isInstalled } from '../support/docker-registry.ts';
import { RegistryServer } from '../support/registry-server.ts';
import { type SampleImage, sampleImage, sampleIndex } from '../support/sample-image.ts';
import { sampleTar, sampleTars } from '../support/sample-layers.ts';

const NAME = 'docker.io/library/app:1.0';
const stdout = new PassThrough();

let amd64: SampleImage;
let arm64: SampleImage;
beforeAll(async () => {
  amd64 = sampleImage({ tars: await sampleTars() });
  arm64 = sampleImage({
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    tars: [await sampleTar([{ path: 'arch', content: 'arm64' }])],
  });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function requestFor(images: readonly SampleImage[], more: Partial<ExportRequest> = {}): ExportRequest {
  return {
    images,
    ...(images.length > 1 ? { index: sampleIndex(images) } : {}),
    content: {
      async open(layer: Layer) {
        const bytes = images.map(({ blobs }) => blobs.get(layer.descriptor.digest)).find(Boolean);
        return Readable.from([bytes ?? Buffer.alloc(0)]);
      },
    },
    references: [NAME],
    ...more,
  };
}

interface Member {
  readonly type: string | null | undefined;
  readonly mode: number | undefined;
  readonly owner: string;
  readonly link: string | null | undefined;
  readonly content: Buffer;
}

async function readTar(bytes: Uint8Array): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  const reader = Readable.from([Buffer.from(bytes)]).pipe(extract());
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    const { name, type, mode, uid, gid, linkname } = entry.header;
    members.set(name, { type, mode, owner: `${uid}:${gid}`, link: linkname, content: Buffer.concat(chunks) });
  }
  return members;
}

function json(bytes: Uint8Array | undefined) {
  return JSON.parse(Buffer.from(bytes ?? '').toString());
}

/** A test that needs programs; where they are missing it says so. */
function testWith(programs: readonly string[], name: string, body: () => Promise<void>): void {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) test(name, body);
  else test.skip(`${name} (skipped: ${missing.join(', ')} not installed)`, body);
}

describe('OCI layout', () => {
  test('as an archive', async () => {
    const dest = join(folder, 'new', 'image.tar');
    const exporter = ociExporter({ dest, stdout });
    await exporter.check?.();
    const outcome = await exporter.export(requestFor([amd64]));
    expect(outcome.descriptor).toEqual(amd64.manifest.descriptor);
    expect(outcome.locations).toEqual([dest]);
    expect(outcome.bytesSent).toBe(statSync(dest).size);
    const members = await readTar(readFileSync(dest));
    expect(json(members.get('oci-layout')?.content)).toEqual({ imageLayoutVersion: '1.0.0' });
    const index = json(members.get('index.json')?.content);
    expect(index.manifests).toEqual([
      {
        ...amd64.manifest.descriptor,
        annotations: {
          'io.containerd.image.name': NAME,
          'org.opencontainers.image.ref.name': '1.0',
        },
      },
    ]);
    const blobs = [...members].filter(([name, { type }]) => name.startsWith('blobs/') && type === 'file');
    expect(blobs).toHaveLength(4);
    for (const [name, { content }] of blobs)
      expect(name).toBe(`blobs/${digestOf(content).replace(':', '/')}`);
    // Twice the same bytes.
    const again = join(folder, 'again.tar');
    await ociExporter({ dest: again, stdout }).export(requestFor([amd64]));
    expect(readFileSync(again).equals(readFileSync(dest))).toBe(true);
    expect(readdirSync(join(folder, 'new'))).toEqual(['image.tar']);
  });

  test('to standard output', async () => {
    const sink = new PassThrough();
    const chunks: Buffer[] = [];
    sink.on('data', (chunk: Buffer) => chunks.push(chunk));
    const outcome = await ociExporter({ dest: '-', stdout: sink }).export(requestFor([amd64]));
    expect(outcome.locations).toEqual(['standard output']);
    expect(sink.writableEnded).toBe(false);
    expect((await readTar(Buffer.concat(chunks))).has('index.json')).toBe(true);
  });

  test('as a folder, with other images left in it', async () => {
    const dest = join(folder, 'layout');
    const exporter = ociExporter({ dest, tar: false, stdout });
    await exporter.check?.();
    await exporter.export(requestFor([amd64]));
    await exporter.export(requestFor([arm64], { references: ['ghcr.io/o/other:2', 'ghcr.io/o/other:3'] }));
    const names = () =>
      json(readFileSync(join(dest, 'index.json'))).manifests.map(
        ({ annotations, digest }: { annotations: Record<string, string>; digest: string }) => [
          annotations['io.containerd.image.name'],
          digest,
        ],
      );
    expect(names()).toEqual([
      [NAME, amd64.manifest.descriptor.digest],
      ['ghcr.io/o/other:2', arm64.manifest.descriptor.digest],
      ['ghcr.io/o/other:3', arm64.manifest.descriptor.digest],
    ]);
    // A name moves to the new image, and what is there is not written again.
    const outcome = await exporter.export(requestFor([arm64]));
    expect(names()[2]).toEqual([NAME, arm64.manifest.descriptor.digest]);
    expect(outcome.bytesSkipped).toBeGreaterThan(0);
    for (const name of readdirSync(join(dest, 'blobs', 'sha256'))) {
      expect(digestOf(readFileSync(join(dest, 'blobs', 'sha256', name)))).toBe(`sha256:${name}`);
    }
  });

  test('a blob of an existing layout that was damaged is written again, the others are not', async () => {
    const dest = join(folder, 'layout');
    const exporter = ociExporter({ dest, tar: false, stdout });
    await exporter.export(requestFor([amd64]));
    const [layer] = amd64.image.layers;
    const path = join(dest, 'blobs', 'sha256', layer!.descriptor.digest.slice('sha256:'.length));
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from(bytes).fill(1, 10, 20));
    const index = readFileSync(join(dest, 'index.json')).length;
    const outcome = await exporter.export(requestFor([amd64]));
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(outcome.bytesSent).toBe(bytes.length + index);
  });

  test('a folder with other files is left alone', async () => {
    writeFileSync(join(folder, 'precious'), 'x');
    const exporter = ociExporter({ dest: folder, tar: false, stdout });
    await expect(exporter.check?.()).rejects.toMatchObject({ code: 'DESTINATION_NOT_WRITABLE' });
    await expect(exporter.export(requestFor([amd64]))).rejects.toMatchObject({ kind: 'environment' });
    expect(readdirSync(folder)).toEqual(['precious']);
  });

  test('a folder that was begun and broken off is gone on with', async () => {
    const dest = join(folder, 'layout');
    const exporter = ociExporter({ dest, tar: false, stdout });
    const request = requestFor([amd64]);
    let left = 1;
    const open = (layer: Layer): Promise<AsyncIterable<Uint8Array>> =>
      left-- > 0 ? request.content.open(layer) : Promise.reject(new TypeError('the layer is gone'));
    await expect(exporter.export({ ...request, content: { open } })).rejects.toThrow('the layer is gone');
    expect(existsSync(join(dest, 'index.json'))).toBe(false);
    await exporter.check?.();
    await exporter.export(request);
    expect(json(readFileSync(join(dest, 'index.json'))).manifests).toHaveLength(1);
  });

  test('a disk that is full is told as such', async () => {
    await expect(
      ociExporter({ dest: '/dev/full', stdout }).export(requestFor([amd64])),
    ).rejects.toMatchObject({
      kind: 'environment',
      code: 'DESTINATION_NOT_WRITABLE',
      message: expect.stringMatching(/\/dev\/full cannot be written: .*no space/i),
    });
  });

  test('an archive that fails leaves nothing, and the old one stays', async () => {
    const dest = join(folder, 'image.tar');
    writeFileSync(dest, 'the old one');
    const broken = requestFor([amd64], {
      content: { open: () => Promise.reject(new TypeError('the layer is gone')) },
    });
    await expect(ociExporter({ dest, stdout }).export(broken)).rejects.toThrow('the layer is gone');
    expect(readdirSync(folder)).toEqual(['image.tar']);
    expect(readFileSync(dest, 'utf8')).toBe('the old one');
  });

  test('a layer that is not as long as it says is an error', async () => {
    const dest = join(folder, 'image.tar');
    const short = requestFor([amd64], {
      content: { open: async () => Readable.from([Buffer.from('short')]) },
    });
    await expect(ociExporter({ dest, stdout }).export(short)).rejects.toMatchObject({
      code: 'CONTENT_CHANGED',
    });
    expect(existsSync(dest)).toBe(false);
  });

  test.each(['a folder', 'below a file'])('a destination that is %s is found out before', async (what) => {
    writeFileSync(join(folder, 'file'), '');
    const dest = what === 'a folder' ? folder : join(folder, 'file', 'image.tar');
    await expect(ociExporter({ dest, stdout }).check?.()).rejects.toMatchObject({
      code: 'DESTINATION_NOT_WRITABLE',
    });
  });

  testWith(['skopeo', 'umoci'], 'skopeo and umoci read it', async () => {
    const archive = join(folder, 'image.tar');
    const layout = join(folder, 'layout');
    await ociExporter({ dest: archive, stdout }).export(requestFor([amd64]));
    await ociExporter({ dest: layout, tar: false, stdout }).export(requestFor([amd64]));
    for (const name of [`oci-archive:${archive}:1.0`, `oci:${layout}:1.0`]) {
      const inspected = json(execFileSync('skopeo', ['inspect', name]));
      expect(inspected.Digest).toBe(amd64.manifest.descriptor.digest);
      expect(inspected.Layers).toEqual(amd64.image.layers.map(({ descriptor }) => descriptor.digest));
    }
    const bundle = join(folder, 'bundle');
    execFileSync('umoci', ['unpack', '--rootless', '--image', `${layout}:1.0`, bundle], { stdio: 'pipe' });
    const root = join(bundle, 'rootfs');
    expect(readFileSync(join(root, 'etc/passwd'), 'utf8')).toContain('app:x:1000');
    expect(existsSync(join(root, 'gone'))).toBe(false);
    expect(readdirSync(join(root, 'opaque'))).toEqual(['new']);
  });

  testWith(['skopeo'], 'skopeo chooses a platform from an index', async () => {
    const layout = join(folder, 'layout');
    await ociExporter({ dest: layout, tar: false, stdout }).export(requestFor([amd64, arm64]));
    const inspect = (arch: string) =>
      json(execFileSync('skopeo', ['--override-arch', arch, 'inspect', `oci:${layout}:1.0`]));
    expect(inspect('amd64').Layers).toHaveLength(2);
    expect(inspect('arm64').Layers).toEqual([arm64.image.layers[0]?.descriptor.digest]);
  });
});

describe('Docker archive', () => {
  const platform = { os: 'linux', architecture: 'amd64' };

  test('has what docker load reads', async () => {
    const dest = join(folder, 'image.tar');
    const references = [NAME, 'ghcr.io/o/app:1'];
    await dockerArchiveExporter({ dest, platform, stdout }).export(requestFor([amd64], { references }));
    const members = await readTar(readFileSync(dest));
    const [manifest] = json(members.get('manifest.json')?.content);
    expect(manifest.RepoTags).toEqual(['app:1.0', 'ghcr.io/o/app:1']);
    expect(json(members.get(manifest.Config)?.content).rootfs.diff_ids).toHaveLength(2);
    expect(
      manifest.Layers.map((path: string) => digestOf(members.get(path)?.content ?? Buffer.alloc(0))),
    ).toEqual(amd64.image.layers.map(({ descriptor }) => descriptor.digest));
  });

  test('one of several platforms is taken, and told', async () => {
    const dest = join(folder, 'image.tar');
    const told: string[] = [];
    const request = requestFor([arm64, amd64], { onProgress: (message) => told.push(message) });
    const outcome = await dockerArchiveExporter({ dest, platform, stdout }).export(request);
    expect(outcome.descriptor?.digest).toBe(amd64.manifest.descriptor.digest);
    expect(told.join()).toContain('linux/amd64 is taken');
  });

  test('none of several platforms fits', async () => {
    const exporter = dockerArchiveExporter({
      dest: join(folder, 'image.tar'),
      platform: { os: 'linux', architecture: 's390x' },
      stdout,
    });
    const refused = { kind: 'user', code: 'OUTPUT_NOT_SUPPORTED' };
    await expect(exporter.export(requestFor([arm64, amd64]))).rejects.toMatchObject(refused);
    const platforms = [arm64, amd64].map(({ image }) => image.platform);
    await expect(exporter.check?.(undefined, platforms)).rejects.toMatchObject(refused);
    await exporter.check?.(undefined, platforms.slice(1));
  });

  testWith(['skopeo'], 'skopeo reads it', async () => {
    const dest = join(folder, 'image.tar');
    await dockerArchiveExporter({ dest, platform, stdout }).export(requestFor([amd64]));
    const inspected = json(execFileSync('skopeo', ['inspect', `docker-archive:${dest}`]));
    expect(inspected.Architecture).toBe('amd64');
    execFileSync('skopeo', ['copy', `docker-archive:${dest}`, `dir:${join(folder, 'copied')}`], {
      stdio: 'pipe',
    });
    const manifest = json(readFileSync(join(folder, 'copied', 'manifest.json')));
    expect(manifest.layers).toHaveLength(2);
  });

  /** A docker command that keeps what it is given. */
  function fakeDocker(load: string): Record<string, string> {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'docker'),
      `#!/bin/sh\ncase "$1" in\nversion) test -z "$NO_DAEMON" || { echo "cannot connect" >&2; exit 1; };;\nload) ${load};;\nesac\n`,
      { mode: 0o755 },
    );
    return { PATH: `${bin}:/usr/bin:/bin`, OUT: join(folder, 'loaded.tar') };
  }

  test('is streamed to docker load', async () => {
    const env = fakeDocker('cat > "$OUT"');
    const exporter = dockerLoadExporter({ platform, env });
    await exporter.check?.();
    const outcome = await exporter.export(requestFor([amd64]));
    expect(outcome.locations).toEqual([`Docker: ${NAME}`]);
    const loaded = readFileSync(join(folder, 'loaded.tar'));
    expect(outcome.bytesSent).toBe(loaded.length);
    expect((await readTar(loaded)).has('manifest.json')).toBe(true);
  });

  test('no daemon is found out before', async () => {
    const env = { ...fakeDocker('exit 1'), NO_DAEMON: '1' };
    await expect(dockerLoadExporter({ platform, env }).check?.()).rejects.toMatchObject({
      code: 'DOCKER_LOAD_FAILED',
      message: expect.stringContaining('cannot connect'),
    });
  });

  test('a docker load that fails tells why; a layer that fails is not blamed on docker', async () => {
    const env = fakeDocker('head -c 1000 > /dev/null; echo "no space left" >&2; exit 1');
    const exporter = dockerLoadExporter({ platform, env });
    await expect(exporter.export(requestFor([amd64]))).rejects.toMatchObject({
      code: 'DOCKER_LOAD_FAILED',
      message: expect.stringContaining('no space left'),
    });
    const broken = requestFor([amd64], {
      content: { open: () => Promise.reject(new TypeError('layer gone')) },
    });
    await expect(exporter.export(broken)).rejects.toThrow('layer gone');
  });
});

describe('the files of the image', () => {
  test('as a tar, with owners, links, devices and odd names', async () => {
    const dest = join(folder, 'files.tar');
    const outcome = await tarExporter({ dest, stdout }).export(requestFor([amd64]));
    expect(outcome.descriptor).toBeUndefined();
    const members = await readTar(readFileSync(dest));
    const names = [...members.keys()].map((name) => name.replace(/\/$/, '')).sort();
    const odd = names.find((name) => name.startsWith('app/ü'));
    expect(names.filter((name) => name !== odd)).toEqual(
      [
        'app', 'app/absolute', 'bin', 'bin/alias', 'bin/same', 'bin/tool', 'dev', 'dev/null', 'etc', 'etc/passwd',
        'large', 'opaque', 'opaque/new',
      ], // biome-ignore format: a list of names
    );
    expect(odd).toBeDefined();
    expect(members.get('etc/passwd')?.content.toString()).toContain('app:x:1000');
    expect(members.get('large')?.content.length).toBe(300_000);
    const tool = members.get('bin/tool');
    const same = members.get('bin/same');
    expect([tool?.type, same?.type].sort()).toEqual(['file', 'link']);
    expect(members.get('dev/null')?.type).toBe('character-device');
    expect([...members].find(([name]) => name.startsWith('app/ü'))?.[1].owner).toBe('1000:1000');
    expect((tool?.type === 'file' ? tool : same)?.mode).toBe(0o4755);
  });

  test('as a tar that GNU tar takes without a word', async () => {
    const dest = join(folder, 'files.tar');
    await tarExporter({ dest, stdout }).export(requestFor([amd64]));
    expect(execFileSync('tar', ['-tf', dest], { encoding: 'utf8' }).split('\n')).toHaveLength(15);
  });

  test('in a folder', async () => {
    const told: string[] = [];
    const exporter = localExporter({ dest: join(folder, 'out') });
    await exporter.check?.();
    await exporter.export(requestFor([amd64], { onProgress: (message) => told.push(message) }));
    const out = (name: string): string => join(folder, 'out', name);
    expect(readFileSync(out('opaque/new'), 'utf8')).toBe('new');
    expect(existsSync(out('gone'))).toBe(false);
    expect(existsSync(out('opaque/old'))).toBe(false);
    expect(readlinkSync(out('bin/alias'))).toBe('tool');
    expect(readlinkSync(out('app/absolute'))).toBe('/etc/passwd');
    expect(statSync(out('bin/same')).ino).toBe(statSync(out('bin/tool')).ino);
    expect(statSync(out('bin/tool')).mode & 0o7777).toBe(0o755);
    expect(statSync(out('etc')).mode & 0o7777).toBe(0o700);
    for (const name of ['large', 'etc', 'app', 'bin/tool'])
      expect(statSync(out(name)).mtimeMs).toBe(1_700_000_000_000);
    expect(existsSync(out('dev/null'))).toBe(false);
    expect(told).toEqual(['1 devices and pipes were left out']);
    const raw = readdirSync(Buffer.from(out('app')), { encoding: 'buffer' });
    expect(raw.some((name) => name.includes(0xff))).toBe(true);
  });

  test('go over what is there, and never through a symlink', async () => {
    const outside = join(folder, 'outside');
    const dest = join(folder, 'out');
    mkdirSync(outside);
    mkdirSync(join(dest, 'bin'), { recursive: true });
    symlinkSync(outside, join(dest, 'etc'));
    symlinkSync(join(outside, 'large'), join(dest, 'large'));
    mkdirSync(join(dest, 'opaque/new'), { recursive: true });
    writeFileSync(join(dest, 'bin/kept'), 'kept');
    await localExporter({ dest }).export(requestFor([amd64]));
    expect(readdirSync(outside)).toEqual([]);
    expect(lstatSync(join(dest, 'etc')).isDirectory()).toBe(true);
    expect(readFileSync(join(dest, 'opaque/new'), 'utf8')).toBe('new');
    expect(readFileSync(join(dest, 'bin/kept'), 'utf8')).toBe('kept');
  });

  test('a write that breaks off leaves each file as it was', async () => {
    const dest = join(folder, 'out');
    mkdirSync(join(dest, 'opaque'), { recursive: true });
    writeFileSync(join(dest, 'opaque/new'), 'old');
    const request = requestFor([amd64]);
    const seen = new Set<Layer>();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(1);
      throw new TypeError('the disk is gone');
    }
    // The first look is for the index.
    const open = async (layer: Layer): Promise<AsyncIterable<Uint8Array>> => {
      if (seen.has(layer)) return broken();
      seen.add(layer);
      return request.content.open(layer);
    };
    await expect(localExporter({ dest }).export({ ...request, content: { open } })).rejects.toThrow(
      'the disk is gone',
    );
    expect(readFileSync(join(dest, 'opaque/new'), 'utf8')).toBe('old');
    const names = readdirSync(dest, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.includes('.ts-image-build-'))).toEqual([]);
    const whole = join(folder, 'whole');
    await localExporter({ dest: whole }).export(request);
    const mode = (path: string): number => statSync(path).mode;
    for (const name of ['bin', 'etc', 'opaque', 'app'])
      expect([name, mode(join(dest, name))]).toEqual([name, mode(join(whole, name))]);
  });

  test('a name that the file system cannot hold is told with its path', async () => {
    const name = 'n'.repeat(300);
    const image = sampleImage({ tars: [await sampleTar([{ path: name, content: 'x' }])] });
    await expect(localExporter({ dest: folder }).export(requestFor([image]))).rejects.toMatchObject({
      kind: 'environment',
      code: 'DESTINATION_NOT_WRITABLE',
      message: expect.stringContaining(name),
    });
  });

  test('times before 1970 are kept, of folders and links too', async () => {
    const times = { d: -5, 'd/f': -7, 'd/l': -1 };
    const tar = await sampleTar([
      { path: 'd', type: 'directory', mtime: times.d },
      { path: 'd/f', content: 'x', mtime: times['d/f'] },
      { path: 'd/l', type: 'symlink', linkName: 'f', mtime: times['d/l'] },
    ]);
    const dest = join(folder, 'out');
    await localExporter({ dest }).export(requestFor([sampleImage({ tars: [tar] })]));
    for (const [path, seconds] of Object.entries(times))
      expect(lstatSync(join(dest, path)).mtimeMs).toBe(seconds * 1000);
  });

  test('several platforms have a folder each', async () => {
    const dest = join(folder, 'out');
    await localExporter({ dest }).export(requestFor([amd64, arm64]));
    expect(readdirSync(dest).sort()).toEqual(['linux_amd64', 'linux_arm64_v8']);
    expect(readFileSync(join(dest, 'linux_arm64_v8/arch'), 'utf8')).toBe('arm64');
    expect(statSync(join(dest, 'linux_amd64/bin/same')).ino).toBe(
      statSync(join(dest, 'linux_amd64/bin/tool')).ino,
    );
  });

  test('platform-split', async () => {
    const dest = join(folder, 'out');
    await localExporter({ dest, platformSplit: true }).export(requestFor([arm64]));
    expect(readdirSync(dest)).toEqual(['linux_arm64_v8']);
    const together = localExporter({ dest, platformSplit: false });
    const refused = { kind: 'user', code: 'OUTPUT_NOT_SUPPORTED' };
    await expect(together.export(requestFor([amd64, arm64]))).rejects.toMatchObject(refused);
    const platforms = [amd64, arm64].map(({ image }) => image.platform);
    const asTar = tarExporter({ dest: join(folder, 'x.tar'), platformSplit: false, stdout });
    for (const exporter of [together, asTar]) {
      await expect(exporter.check?.(undefined, platforms)).rejects.toMatchObject(refused);
      await exporter.check?.(undefined, platforms.slice(1));
    }
  });

  test('a layer with other content than the config says is refused', async () => {
    const lying = sampleImage({ tars: [await sampleTar([{ path: 'a', content: 'b' }])] });
    const [layer] = lying.image.layers;
    const other = arm64.image.layers[0];
    if (layer === undefined || other === undefined) throw new TypeError('samples have layers');
    const image = { ...lying, image: { ...lying.image, layers: [{ ...layer, diffId: other.diffId }] } };
    await expect(
      localExporter({ dest: join(folder, 'out') }).export(requestFor([image])),
    ).rejects.toMatchObject({
      code: 'DIFF_ID_MISMATCH',
    });
  });
});

describe('registry', () => {
  async function withServer(
    body: (server: RegistryServer, exporter: (options?: object) => Exporter) => Promise<void>,
  ) {
    await using server = await RegistryServer.start();
    await using registry = createRegistry({
      credentials: { find: async () => undefined },
      retry: { attempts: 1 },
    });
    await body(server, (options = {}) => registryExporter({ registry, ...options }));
  }

  test('pushes the references of the build', async () => {
    await withServer(async (server, exporter) => {
      const reference = `${server.host}/team/app:1`;
      const outcome = await exporter().export(requestFor([amd64, arm64], { references: [reference] }));
      expect(outcome.locations).toEqual([reference]);
      expect(server.repo('team/app').tags.get('1')).toBe(sampleIndex([amd64, arm64]).descriptor.digest);
    });
  });

  test('pushes names of its own, by digest if asked', async () => {
    await withServer(async (server, exporter) => {
      const own = exporter({ references: [`${server.host}/other:ignored`], byDigest: true });
      await own.export(requestFor([amd64]));
      expect(server.repo('other').tags.size).toBe(0);
      expect(server.repo('other').manifests.has(amd64.manifest.descriptor.digest)).toBe(true);
    });
  });

  test('what will be refused is found out before the build', async () => {
    await withServer(async (server, exporter) => {
      const own = exporter({
        references: [`${server.host}/a:1`, `${server.host}/a:2`, `${server.host}/b:1`],
      });
      await own.check?.();
      expect(server.count('POST', /uploads/)).toBe(2);
      server.inject({ method: 'POST', path: /\/v2\/b\//, status: 403 });
      await expect(own.check?.()).rejects.toMatchObject({ code: 'DENIED' });
    });
  });

  const missing = dockerRegistryMissing() ?? (isInstalled('skopeo') ? undefined : 'skopeo not installed');
  const check = missing === undefined ? test : test.skip;
  check(
    `skopeo copies from docker-registry what was pushed${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    async () => {
      await using server = await DockerRegistry.start({ login: { username: 'me', password: 'pass word' } });
      const registry = createRegistry({
        credentials: {
          find: async () => ({
            credential: { type: 'password', username: 'me', password: 'pass word' },
            origin: 'the test',
          }),
        },
      });
      const reference = `${server.host}/team/app:1`;
      await registryExporter({ registry }).export(requestFor([amd64, arm64], { references: [reference] }));
      const options = ['--src-tls-verify=false', '--src-creds', 'me:pass word'];
      execFileSync(
        'skopeo',
        ['copy', '--all', ...options, `docker://${reference}`, `oci:${join(folder, 'copy')}:1`],
        {
          stdio: 'pipe',
        },
      );
      const [index] = json(readFileSync(join(folder, 'copy', 'index.json'))).manifests;
      expect(index.digest).toBe(sampleIndex([amd64, arm64]).descriptor.digest);
      const inspected = json(
        execFileSync('skopeo', [
          'inspect',
          '--tls-verify=false',
          '--creds',
          'me:pass word',
          `docker://${reference}`,
        ]),
      );
      expect(inspected.RepoTags).toEqual(['1']);
    },
  );
});
