import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(needs.busybox);

describe('--verify-reproducible', () => {
  let work: string;
  let registry: RegistryServer;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-verify-'));
    registry = await RegistryServer.start();
    if (needs.busybox() !== undefined) return;
    const client = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
    await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
  }, 60_000);

  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  const build = (command: string): Promise<CliResult> => {
    const dockerfile = `FROM ${registry.host}/base/busybox:1 AS make
RUN mkdir -p /out && ${command} > /out/result && echo same > /out/same
RUN seen=$(stat -c '%n %Y' / /etc /out /out/*) && echo "$seen" > /out/times
FROM ${registry.host}/base/busybox:1
COPY --from=make /out /out
`;
    writeFileSync(join(work, 'Dockerfile'), dockerfile);
    // Images tell its time, and steps of another time in the cache would tell theirs.
    utimesSync(join(work, 'Dockerfile'), 1_700_000_000, 1_700_000_000);
    const output = `type=oci,dest=${join(work, 'image.tar')}`;
    return runCli([
      'build',
      '--no-lint',
      '--verify-reproducible',
      '-o',
      output,
      '--state-dir',
      join(work, 'state'),
      work,
    ]);
  };

  real('a step that writes the time is named with its file, and nothing is exported', async () => {
    const { exitCode, stderr } = await build('date +%s%N');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('The image is not reproducible')]);
    expect(stderr).toContain('[make 2/3] RUN mkdir');
    expect(stderr).toMatch(/\/out\/result: content sha256:.*then sha256:/);
    expect(existsSync(join(work, 'image.tar'))).toBe(false);
    expect(readdirSync(work).filter((name) => name.includes('again'))).toEqual([]);
  });

  real('a good one is told in one line and exported, also when its steps came from a cache', async () => {
    for (const cached of [false, true]) {
      const { exitCode, stderr } = await build('echo constant');
      expect([exitCode, stderr]).toEqual([
        0,
        expect.stringMatching(/^reproducible: a second build gave sha256:\w+ as well$/m),
      ]);
      expect(stderr.includes('cached (local)')).toBe(cached);
    }
    expect(existsSync(join(work, 'image.tar'))).toBe(true);
  });
});
