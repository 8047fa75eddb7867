import { describe, expect, test } from '@jest/globals';
import type { DiffId } from '../../../src/image/digest.ts';
import {
  type BuildkitCase,
  buildkitCases,
  type CaseFile,
  recordedBases,
  recordedOf,
} from '../../support/buildkit-case.ts';
import { PlannedCase, recordedSteps } from '../../support/buildkit-steps.ts';

const bases = recordedBases();

describe('every step is found in what BuildKit wrote', () => {
  for (const each of buildkitCases()) {
    for (const recorded of recordedOf(each)) {
      test(`${each.name}, BuildKit ${recorded.by}`, async () => {
        const planned = new PlannedCase(each, bases);
        expect(planned.steps.length).toBeGreaterThan(0);
        expect(await planned.missing(recordedSteps(recorded))).toEqual([]);
      });
    }
  }
});

describe('a step that differs is not found, nor is what is made on it', () => {
  test('bytes, mode, name and target of files count', async () => {
    const changes: Readonly<Record<string, CaseFile | undefined>>[] = [
      { 'src/lib/three.js': 'threE' },
      { 'src/lib/three.js': { text: 'three', mode: '600' } },
      { 'src/lib/three.js': undefined, 'src/lib/3.js': 'three' },
      { 'src/empty': { folder: true, mode: '700' } },
      { 'src/liblink': { link: '../src/empty' } },
    ];
    for (const change of changes) {
      const missing = await missingOf(withFiles(caseNamed('copy-folder'), change));
      // All but what stands before the first COPY of the folder, which is nothing.
      expect(missing).toHaveLength(13);
    }
  });

  test('what is not read does not count', async () => {
    expect(
      await missingOf(withFiles(caseNamed('copy-file'), { 'src/two.js': 'other', 'skip.log': 'other' })),
    ).toEqual([]);
  });

  test.each([
    ['run', '"echo exec"', '"echo exec "', 2],
    ['copy-file', '--chmod=640', '--chmod=644', 5],
    ['copy-file', '/usr/bin/', '/usr/bin', 3],
    ['copy-file', 'nobody:nobody', 'nobody', 4],
    ['workdir', 'USER 1000:1000', 'USER 1000', 8],
    ['args', 'E1=again', 'E1=other', 3],
    ['args', 'ARG NOTSET', 'ARG NOTSET=', 4],
    ['mounts', 'mode=0444', 'mode=0440', 9],
    ['mounts', 'target=/tmp2,size=1048576', 'target=/tmp2', 11],
    ['mounts', 'sharing=locked', 'sharing=locked,ro', 19],
  ])('%s: %s -> %s', async (name, from, to, count) => {
    const each = caseNamed(name);
    expect(each.dockerfile).toContain(from);
    expect(await missingOf({ ...each, dockerfile: each.dockerfile.replace(from, to) })).toHaveLength(count);
  });

  test('a cache mount that is shared or not, by another name, is the same to BuildKit', async () => {
    const each = caseNamed('mounts');
    const dockerfile = each.dockerfile
      .replace('id=mine', 'id=other')
      .replace('sharing=locked', 'sharing=private');
    expect(await missingOf({ ...each, dockerfile })).toEqual([]);
  });

  test('another base image', async () => {
    const diffId = `sha256:${'0'.repeat(64)}` as DiffId;
    const moved = bases.map((base) => ({
      ...base,
      source: base.source.replace(/.{4}$/, '0000'),
      config: { ...base.config, rootfs: { type: 'layers' as const, diff_ids: [diffId] } },
    }));
    const planned = new PlannedCase(caseNamed('stages'), moved);
    expect(await planned.missing(stepsOf('stages'))).toHaveLength(planned.steps.length);
  });

  test('the cache of another Dockerfile', async () => {
    const planned = new PlannedCase(caseNamed('stages'), bases);
    expect(await planned.missing(stepsOf('mounts'))).toHaveLength(planned.steps.length);
  });
});

function caseNamed(name: string): BuildkitCase {
  const found = buildkitCases().find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`no case ${name}`);
  return found;
}

function stepsOf(name: string): ReturnType<typeof recordedSteps> {
  const recorded = recordedOf(caseNamed(name)).at(-1);
  if (recorded === undefined) throw new TypeError(`${name} was not recorded`);
  return recordedSteps(recorded);
}

function withFiles(each: BuildkitCase, change: Readonly<Record<string, CaseFile | undefined>>): BuildkitCase {
  const files = Object.entries({ ...each.files, ...change }).filter(
    (entry): entry is [string, CaseFile] => entry[1] !== undefined,
  );
  return { ...each, files: Object.fromEntries(files) };
}

function missingOf(each: BuildkitCase): Promise<readonly string[]> {
  return new PlannedCase(each, bases).missing(stepsOf(each.name));
}
