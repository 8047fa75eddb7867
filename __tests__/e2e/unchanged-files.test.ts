import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { EMPTY_LAYER_DIGEST } from '../../src/image/layer/write-layer.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { runCli } from '../support/cli.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

/** As BuildKit: what a step gives the owner, mode and time that it has is not stored once more. */
describe('a step that leaves files as they are', () => {
  const client = createRegistry({ credentials: { find: async () => undefined } });
  let work: string;
  let registry: RegistryServer;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-unchanged-'));
    registry = await RegistryServer.start();
    if (needs.busybox() === undefined) await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
  });
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  for (const isolation of ['auto', 'chroot']) {
    testWith(needs.root, needs.busybox)(
      `has the empty layer, isolation ${isolation}`,
      async () => {
        const lines = [
          `FROM ${registry.host}/base/busybox:1`,
          'RUN mkdir -p /app/sub && echo content > /app/sub/file && ln -s file /app/sub/link && chown -R 5:6 /app',
          'RUN chown -hR 5:6 /app && chmod 644 /app/sub/file && touch -d "@$(stat -c %Y /app/sub/file)" /app/sub/file',
          'RUN test "$(stat -c %u:%g:%a /app/sub/file)" = 5:6:644 && test "$(cat /app/sub/link)" = content',
        ];
        const reference = `${registry.host}/app/unchanged:${isolation}`;
        const state = join(work, isolation);
        const argv = ['build', '--no-lint', '--isolation', isolation, '--state-dir', state, '--push'];
        const built = await runCli([...argv, '-t', reference, '-'], { input: `${lines.join('\n')}\n` });
        expect([built.exitCode, built.stderr]).toEqual([0, expect.stringContaining('built sha256:')]);
        const repository = { host: registry.host, path: 'app/unchanged' };
        const { bytes } = await client.manifest(repository, isolation);
        const { layers } = JSON.parse(Buffer.from(bytes).toString()) as { layers: { digest: string }[] };
        const [made, ...others] = layers.slice(-3).map(({ digest }) => digest);
        expect(made).not.toBe(EMPTY_LAYER_DIGEST);
        expect(others).toEqual([EMPTY_LAYER_DIGEST, EMPTY_LAYER_DIGEST]);
      },
      60_000,
    );
  }
});
