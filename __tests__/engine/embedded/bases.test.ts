import { describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { planWithBases } from '../../../src/engine/embedded/bases.ts';
import { planOptions } from '../../../src/engine/embedded/plan-options.ts';
import { RegistryError, type RegistryErrorCode } from '../../../src/registry/errors.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { requestOf } from '../../support/engine-bench.ts';

/** Has nothing. */
function emptyRegistry(code: RegistryErrorCode): Registry {
  const refuse = async ({ path }: { readonly path: string }): Promise<never> => {
    throw new RegistryError({ code, message: `${path}: no`, hint: 'Log in.' });
  };
  const registry = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
  return Object.assign(registry, { resolve: refuse, manifest: refuse });
}

async function failure(dockerfile: string, code: RegistryErrorCode = 'NOT_FOUND'): Promise<unknown> {
  const { file } = parseDockerfile(dockerfile, 'Dockerfile', {});
  const places = {
    registry: emptyRegistry(code),
    openRemote: () => Promise.reject(new TypeError('no network')),
  };
  const options = planOptions(requestOf({ dockerfile }));
  return planWithBases(file, options, places, new AbortController().signal).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('base images that cannot be had', () => {
  test('are told together, each at its line', async () => {
    expect(
      await failure('FROM one AS a\nFROM two\nCOPY --from=a / /\nCOPY --from=three / /\n'),
    ).toMatchObject({
      errors: [
        { code: 'NOT_FOUND', message: 'library/one: no', at: { start: { line: 1 } } },
        { code: 'NOT_FOUND', message: 'library/two: no', at: { start: { line: 2 } } },
        { code: 'NOT_FOUND', message: 'library/three: no', at: { start: { line: 4 } } },
      ],
    });
  });

  test.each<RegistryErrorCode>(['NOT_FOUND', 'UNAUTHORIZED', 'DENIED'])(
    '%s: a stage whose name is nearly the same is named',
    async (code) => {
      const error = await failure('FROM scratch AS builder\nFROM buidler\n', code);
      expect(error).toMatchObject({
        code,
        hint: 'did you mean builder? Log in.',
        at: { start: { line: 2 } },
      });
    },
  );

  test('a registry that is not there says nothing of the name', async () => {
    const error = await failure('FROM scratch AS builder\nFROM buidler\n', 'REGISTRY_UNREACHABLE');
    expect(error).toMatchObject({ hint: 'Log in.' });
  });
});
