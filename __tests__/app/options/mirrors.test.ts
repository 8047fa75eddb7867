import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readInputs } from '../../../src/app/action/inputs.ts';
import { parseArguments } from '../../../src/app/cli/arguments.ts';
import { BUILD_FLAGS, buildOptions } from '../../../src/app/cli/build-flags.ts';
import { compose } from '../../../src/app/compose.ts';
import { insecureMirrors, mirrorsByRegistry, parseMirror } from '../../../src/app/options/mirrors.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { MediaType } from '../../../src/image/media-types.ts';
import { RegistryServer } from '../../support/registry-server.ts';

test.each([
  ['mirror.example.com', { registry: 'docker.io', mirror: 'mirror.example.com', insecure: false }],
  ['https://m:5000/', { registry: 'docker.io', mirror: 'm:5000', insecure: false }],
  ['index.docker.io=http://m/hub/', { registry: 'docker.io', mirror: 'm/hub', insecure: true }],
  ['ghcr.io = [::1]:5000/a/b', { registry: 'ghcr.io', mirror: '[::1]:5000/a/b', insecure: false }],
])('%s', (text, expected) => {
  expect(parseMirror(text)).toEqual(expected);
});

test.each(['', 'ghcr.io=', '=m', 'ftp://m', 'a b', 'ghcr.io/x=m', 'https://u:p@m', 'm?x=y'])(
  '"%s" is refused',
  (text) => {
    expect(() => parseMirror(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  },
);

test('each registry has its mirrors in their order', () => {
  const mirrors = ['http://a/x', 'ghcr.io=b', 'docker.io=c'].map(parseMirror);
  expect(mirrorsByRegistry(mirrors)).toEqual({ 'docker.io': ['a/x', 'c'], 'ghcr.io': ['b'] });
  expect(insecureMirrors(mirrors)).toEqual(['a']);
});

describe('a build', () => {
  const manifest = '{"schemaVersion":2}';
  let folder: string;
  let mirror: RegistryServer;
  let origin: RegistryServer;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mirrors-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    [origin, mirror] = [await RegistryServer.start(), await RegistryServer.start()];
    mirror.addManifest('hub/library/app', MediaType.ociManifest, manifest, 'v1');
  });
  afterEach(async () => {
    for (const server of [origin, mirror]) await server[Symbol.asyncDispose]();
  });

  test.each(['the action', 'the command line'])(
    'of %s reads images through them, and caches past them',
    async (edge) => {
      const text = `${origin.host}=${mirror.host}/hub`;
      const cache = `type=registry,ref=${origin.host}/team/cache:c`;
      const inputs: Record<string, string> = {
        'registry-mirrors': text,
        'state-dir': folder,
        'cache-from': cache,
      };
      const options =
        edge === 'the action'
          ? readInputs((name) => inputs[name] ?? '', {}).build
          : buildOptions(
              parseArguments(
                ['--registry-mirror', text, '--state-dir', folder, '--cache-from', cache, '.'],
                BUILD_FLAGS,
              ),
              {},
            );
      await using composed = await compose(options, {
        environment: {},
        onNotice: () => undefined,
        stdout: process.stdout,
      });
      const { registry, openCaches } = composed.dependencies;
      const found = await registry.resolve({ host: origin.host, path: 'library/app' }, 'v1');
      expect(found?.digest).toBe(digestOf(manifest));
      expect(origin.requests).toEqual([]);
      mirror.requests.length = 0;
      for (const each of (await openCaches()).from) await each.finish();
      expect(origin.requests.length).toBeGreaterThan(0);
      expect(mirror.requests).toEqual([]);
    },
  );
});
