import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTar } from '../../src/image/layer/tar-read.ts';
import { writeLayer } from '../../src/image/layer/write-layer.ts';
import { serialiseImage } from '../../src/image/manifest.ts';
import { memoryStore } from '../../src/image/store/memory.ts';
import type { ContainerConfig, Image } from '../../src/image/types.ts';
import { pushImages } from '../../src/registry/push.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { isInstalled } from './docker-registry.ts';

/** Why no base image can be made here; undefined when it can. */
export function busyboxMissing(): string | undefined {
  return isInstalled('busybox') ? undefined : 'busybox is not installed (Debian: busybox-static)';
}

/** Makes a small real base image of the machine's static busybox and pushes it. `reference` is normalised, with a tag. */
export async function pushBusyboxImage(
  registry: Registry,
  reference: string,
  config: ContainerConfig = {},
): Promise<Image> {
  const root = mkdtempSync(join(tmpdir(), 'busybox-root-'));
  try {
    fillRoot(root);
    const tar = execFileSync(
      'tar',
      ['-C', root, '--sort=name', '--owner=0', '--group=0', '--mtime=@1700000000', '-cf', '-', '.'],
      {
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const store = memoryStore();
    const { descriptor, diffId } = await writeLayer(readTar(chunks(tar)), store, {
      compression: { type: 'gzip' },
    });
    const platform = { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch };
    const image: Image = {
      platform,
      config: {
        ...platform,
        created: '2023-11-14T22:13:20Z',
        config: {
          Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
          Cmd: ['sh'],
          ...config,
        },
        rootfs: { type: 'layers', diff_ids: [diffId] },
        history: [{ created: '2023-11-14T22:13:20Z', created_by: 'busybox' }],
      },
      layers: [{ descriptor, diffId, sources: [] }],
    };
    await pushImages(registry, {
      images: [{ image, ...serialiseImage(image) }],
      references: [reference],
      content: { open: (layer) => store.open(layer.descriptor.digest) },
    });
    return image;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function fillRoot(root: string): void {
  for (const folder of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr/bin', 'var']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const busybox = join(root, 'bin', 'busybox');
  copyFileSync(execFileSync('sh', ['-c', 'command -v busybox']).toString().trim(), busybox);
  chmodSync(busybox, 0o755);
  // mkdtemp makes folders that only root can enter; RUN and containers have other users too.
  chmodSync(root, 0o755);
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const applet of execFileSync(busybox, ['--list']).toString().trim().split('\n')) {
    if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
  }
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nwww:x:33:33:www:/home:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nwww:x:33:\n');
}

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
