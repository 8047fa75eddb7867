import { expect, test } from '@jest/globals';
import { benchBuild } from '../../support/engine-bench.ts';
import { RegistryServer } from '../../support/registry-server.ts';
import { sampleImage } from '../../support/sample-image.ts';
import { sampleTar } from '../../support/sample-layers.ts';

test('a base for this machine needs no emulation, whatever is built of it; a base for another one does', async () => {
  await using server = await RegistryServer.start();
  for (const architecture of ['amd64', 'arm64']) {
    const base = sampleImage({
      tars: [await sampleTar([{ path: 'bin/' }])],
      platform: { os: 'linux', architecture },
    });
    for (const bytes of [...base.blobs.values(), base.config.bytes]) server.addBlob(architecture, bytes);
    const { mediaType } = base.manifest.descriptor;
    server.addManifest(architecture, mediaType, Buffer.from(base.manifest.bytes).toString(), '1');
  }
  const build = async (name: string): Promise<number> => {
    const { worker } = await benchBuild({
      dockerfile: `FROM ${server.host}/${name}:1\nRUN ["x"]\n`,
      request: { platforms: [{ os: 'linux', architecture: 'arm64' }] },
      emulationFor: async (platform) =>
        platform.architecture === 'amd64' ? { kind: 'ready' } : { kind: 'missing', why: 'none' },
    });
    return worker.requests.length;
  };
  expect(await build('amd64')).toBe(1);
  await expect(build('arm64')).rejects.toMatchObject({ code: 'EMULATION_MISSING' });
});
