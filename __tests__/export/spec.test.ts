import { describe, expect, test } from '@jest/globals';
import type { BuildErrors } from '../../src/base/errors.ts';
import { parseOutput, parseOutputs } from '../../src/export/spec.ts';

const image = { names: [], annotations: [] };
const pushed = { type: 'image', push: true, byDigest: false, insecure: false, image };

describe('outputs as buildx reads them', () => {
  test.each<readonly [string, unknown]>([
    ['out', { type: 'local', dest: 'out' }],
    ['./a b/c', { type: 'local', dest: './a b/c' }],
    ['-', { type: 'tar', dest: '-' }],
    ['type=local,dest=out', { type: 'local', dest: 'out' }],
    ['type=local,dest=out,platform-split=false', { type: 'local', dest: 'out', platformSplit: false }],
    ['TYPE=tar,Dest=-', { type: 'tar', dest: '-' }],
    ['type=tar,"dest=a,b.tar"', { type: 'tar', dest: 'a,b.tar' }],
    ['type=oci,dest=x.tar', { type: 'oci', dest: 'x.tar', tar: true, image }],
    ['type=oci,dest=x,tar=false', { type: 'oci', dest: 'x', tar: false, image }],
    ['type=docker', { type: 'docker', image }],
    ['type=docker,dest=x=y.tar', { type: 'docker', dest: 'x=y.tar', image }],
    ['type=cacheonly', { type: 'cacheonly' }],
    ['type=registry', pushed],
    ['type=image,push=true', pushed],
    ['type=image,push=1', pushed],
    ['type=image', { ...pushed, push: false }],
    ['type=registry,push=false', { ...pushed, push: false }],
    [
      'type=image,push=true,push-by-digest=true,registry.insecure=true',
      { ...pushed, byDigest: true, insecure: true },
    ],
    [
      'type=registry,"name=ghcr.io/o/a:1,b:2"',
      { ...pushed, image: { names: ['ghcr.io/o/a:1', 'b:2'], annotations: [] } },
    ],
    [
      'type=registry,annotation.org.Example.Key=A=B,annotation-manifest.x=y',
      {
        ...pushed,
        image: {
          names: [],
          annotations: [
            { place: 'manifest', key: 'org.Example.Key', value: 'A=B' },
            { place: 'manifest', key: 'x', value: 'y' },
          ],
        },
      },
    ],
    [
      'type=image,push=true,compression=zstd,compression-level=19,force-compression=false,oci-mediatypes=true',
      { ...pushed, image: { ...image, compression: { type: 'zstd', level: 19 } } },
    ],
    [
      'type=oci,dest=x,rewrite-timestamp=true',
      { type: 'oci', dest: 'x', tar: true, image: { ...image, rewriteTimestamp: true } },
    ],
    [
      'type=image,compression-level=7',
      { ...pushed, push: false, image: { ...image, compression: { level: 7 } } },
    ],
    ['type=image,push-by-digest=true,name-canonical=true,push=true', { ...pushed, byDigest: true }],
    ['type=image,store=false,unpack=false', { ...pushed, push: false }],
  ])('%s', (text, expected) => {
    expect(parseOutput(text)).toEqual(expected);
  });
});

describe('what is refused, and why', () => {
  test.each<readonly [string, string, RegExp]>([
    ['type=ocii,dest=x', 'UNKNOWN_OUTPUT_TYPE', /"ocii"/],
    ['type=', 'BAD_OUTPUT', /no type/],
    ['dest=x,tar=false', 'BAD_OUTPUT', /no type/],
    ['type=oci', 'BAD_OUTPUT', /needs dest/],
    ['type=local,dest=', 'BAD_OUTPUT', /needs dest/],
    ['type=local,dest=-', 'BAD_OUTPUT', /standard output/],
    ['type=local,dest=x,name=y', 'BAD_OUTPUT', /no key "name"/],
    ['type=registry,dest=x', 'BAD_OUTPUT', /no key "dest"/],
    ['type=cacheonly,dest=x', 'BAD_OUTPUT', /no key "dest"/],
    ['type=registry,push', 'BAD_OUTPUT', /"push" is not key=value/],
    ['type=registry,push=yes', 'BAD_OUTPUT', /push is "yes"/],
    ['type=registry,compression=brotli', 'BAD_OUTPUT', /brotli/],
    ['type=registry,compression-level=high', 'BAD_OUTPUT', /high/],
    ['type=registry,compression-level=23', 'BAD_OUTPUT', /23/],
    ['type=registry,compression=gzip,compression-level=22', 'BAD_OUTPUT', /22/],
    ['type=registry,compression=zstd,compression-level=23', 'BAD_OUTPUT', /23/],
    ['type=registry,compression=estargz', 'OUTPUT_NOT_SUPPORTED', /estargz/],
    ['type=registry,force-compression=true', 'OUTPUT_NOT_SUPPORTED', /force-compression/],
    ['type=registry,oci-mediatypes=false', 'OUTPUT_NOT_SUPPORTED', /oci-mediatypes/],
    ['type=registry,rewrite-timestamp=false', 'OUTPUT_NOT_SUPPORTED', /rewrite-timestamp/],
    ['type=registry,annotation-layer.a=b', 'BAD_OUTPUT', /no key "annotation-layer/],
    ['type=image,unpack=true', 'OUTPUT_NOT_SUPPORTED', /unpack/],
    ['type=docker,tar=false,dest=x', 'OUTPUT_NOT_SUPPORTED', /tar=false/],
    ['type=docker,context=other', 'OUTPUT_NOT_SUPPORTED', /context/],
    ['type=oci,"dest=x', 'BAD_OUTPUT', /quotes/],
    ['', 'BAD_OUTPUT', /fields/],
    ['type=oci,dest=a\ntype=oci,dest=b', 'BAD_OUTPUT', /one line/],
  ])('%s', (text, code, message) => {
    let thrown: unknown;
    try {
      parseOutput(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ kind: 'user', code, message: expect.stringMatching(message) });
  });

  test('all bad outputs are told at once', () => {
    let thrown: unknown;
    try {
      parseOutputs(['type=nope', 'ok', 'type=oci']);
    } catch (error) {
      thrown = error;
    }
    expect((thrown as BuildErrors).errors.map(({ code }) => code)).toEqual([
      'UNKNOWN_OUTPUT_TYPE',
      'BAD_OUTPUT',
    ]);
  });
});
