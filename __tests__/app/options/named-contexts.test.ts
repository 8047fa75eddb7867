import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseNamedContext } from '../../../src/app/options/named-contexts.ts';

const DIGEST = `sha256:${'1'.repeat(64)}`;

describe('named contexts', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'named-contexts-'));
    mkdirSync(join(folder, 'with:colon'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[string, string]>([
    ['', ''],
    [':1.0', ':1.0'],
    [`@${DIGEST}`, `@${DIGEST}`],
    [`:1.0@${DIGEST}`, `@${DIGEST}`],
  ])('an OCI layout with "%s"', (suffix, kept) => {
    const [name, source] = parseNamedContext(`Base=oci-layout://${folder}${suffix}`);
    expect(name).toBe('base');
    expect(source).toEqual({
      kind: 'image',
      layout: folder,
      reference: expect.stringMatching(new RegExp(`^oci-layout\\.invalid/named-contexts-[^/:@]+${kept}$`)),
    });
  });

  test('a folder with a colon, one that is not there, a digest that is none', () => {
    expect(parseNamedContext(`a=oci-layout://${folder}/with:colon`)[1]).toMatchObject({
      layout: join(folder, 'with:colon'),
    });
    expect(() => parseNamedContext(`a=oci-layout://${folder}/nothing:1`)).toThrow(
      'nothing of the context "a" is not',
    );
    expect(() => parseNamedContext(`a=oci-layout://${folder}@sha256:12`)).toThrow('is not a digest');
    expect(() => parseNamedContext('a=oci-layout://')).toThrow('is not a folder');
  });
});
