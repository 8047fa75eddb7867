import { describe, expect, test } from '@jest/globals';
import { parseAnnotation } from '../../../src/app/options/annotations.ts';
import { parseOutput } from '../../../src/export/spec.ts';
import { annotationsAt } from '../../../src/image/placed-annotation.ts';

const AMD64 = { os: 'linux', architecture: 'amd64' };

describe('annotations', () => {
  test.each<[string, readonly object[]]>([
    [
      'org.opencontainers.image.title=a=b',
      [{ place: 'manifest', key: 'org.opencontainers.image.title', value: 'a=b' }],
    ],
    ['manifest:k=v', [{ place: 'manifest', key: 'k', value: 'v' }]],
    [
      'manifest,index:k=http://x:1/',
      [
        { place: 'manifest', key: 'k', value: 'http://x:1/' },
        { place: 'index', key: 'k', value: 'http://x:1/' },
      ],
    ],
    [
      'manifest-descriptor[linux/amd64],index-descriptor:k=',
      [
        { place: 'manifest-descriptor', platform: AMD64, key: 'k', value: '' },
        { place: 'index-descriptor', key: 'k', value: '' },
      ],
    ],
  ])('%s', (text, wanted) => {
    expect(parseAnnotation(text)).toEqual(wanted);
  });

  test('what is wrong is told', () => {
    expect(() => parseAnnotation('novalue')).toThrow('not of the form KEY=VALUE');
    expect(() => parseAnnotation('layer:k=v')).toThrow('"layer" is nothing that annotations are put on');
    expect(() => parseAnnotation('manifest:=v')).toThrow('has no key');
  });

  test('outputs have the same places', () => {
    const output = parseOutput(
      'type=oci,dest=x,annotation.a=1,annotation-index.b=2,annotation-manifest[linux/amd64].c.d=3',
    );
    expect('image' in output && output.image.annotations).toEqual([
      { place: 'manifest', key: 'a', value: '1' },
      { place: 'index', key: 'b', value: '2' },
      { place: 'manifest', platform: AMD64, key: 'c.d', value: '3' },
    ]);
    expect(() => parseOutput('type=oci,dest=x,annotation-layer.b=2')).toThrow(
      'has no key "annotation-layer.b"',
    );
  });

  test('those of a place: the last one of a name, and a platform its own', () => {
    const all = [
      'a=1',
      'a=2',
      'manifest[linux/amd64]:b=3',
      'manifest[linux/arm64/v8]:b=4',
      'index:c=5',
    ].flatMap(parseAnnotation);
    expect(annotationsAt(all, 'manifest', AMD64)).toEqual({ a: '2', b: '3' });
    expect(annotationsAt(all, 'manifest', { os: 'linux', architecture: 'arm64' })).toEqual({
      a: '2',
      b: '4',
    });
    expect(annotationsAt(all, 'index')).toEqual({ c: '5' });
    expect(annotationsAt(all, 'index-descriptor')).toBeUndefined();
  });
});
