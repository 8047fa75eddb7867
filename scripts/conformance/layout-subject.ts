import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { difference } from './difference.ts';
import { isObject, type Json, record, text } from './json-shape.ts';

/**
 * What an assertion of a vector is about, in the words of the test: `ociIndex.Manifests[0]->.Layers`, where `->` follows a descriptor, or
 * `file(NAME)` of a folder that was exported.
 */
const SUBJECT = /^(?:ociIndex((?:\.[A-Z]\w*|\[\d+\]|->)*?)(\.len)?|file\(([^)]+)\)|image\.Digest)$/;
const STEP = /\.(\w+)|\[(\d+)\]|->/g;
const OPERATIONS = ['equal', 'notEqual', 'len', 'notNil', 'notEmpty'];

export function isKnownSubject(subject: string): boolean {
  return SUBJECT.test(subject);
}

/**
 * Compares what an assertion names in the exports of one build (`layout`, an OCI layout, and `out`, a folder) with a value or with the same
 * in an earlier build. Assertions about other things are passed over.
 */
export async function subjectDifference(
  assertion: Json,
  folderOf: (build: string) => string,
  one: Json,
): Promise<string | undefined> {
  const { subject, op, ofBuild, otherSubject } = assertion;
  const name = text(subject);
  if (!isKnownSubject(name) || !OPERATIONS.includes(text(op))) return undefined;
  if (otherSubject !== undefined && !isKnownSubject(text(otherSubject))) return undefined;
  const value = await valueAt(name, folderOf(String(one['build'])));
  const expected =
    otherSubject === undefined
      ? assertion['value']
      : await valueAt(text(otherSubject), folderOf(String(ofBuild)));
  switch (op) {
    case 'equal':
      return difference(value, expected, name);
    case 'notEqual':
      return difference(value, expected) === undefined ? `${name} is ${JSON.stringify(value)}` : undefined;
    case 'len':
      return difference(Array.isArray(value) ? value.length : undefined, expected, `${name}.len`);
    default:
      return value === undefined || (Array.isArray(value) && value.length === 0)
        ? `${name} is empty`
        : undefined;
  }
}

async function valueAt(subject: string, folder: string): Promise<unknown> {
  const [, path, length, file] = SUBJECT.exec(subject) ?? [];
  if (file !== undefined) {
    return createHash('sha256')
      .update(await readFile(join(folder, 'out', file)))
      .digest('hex');
  }
  const layout = join(folder, 'layout');
  const index: unknown = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'));
  let value = index;
  for (const [step, field, position] of (path ?? '.manifests[0].digest').matchAll(STEP)) {
    if (step === '->') value = await blobOf(layout, record(value));
    else if (position !== undefined) value = Array.isArray(value) ? value[Number(position)] : undefined;
    else value = fieldOf(value, field ?? '');
  }
  return length !== undefined && Array.isArray(value) ? value.length : value;
}

async function blobOf(layout: string, descriptor: Json): Promise<unknown> {
  return JSON.parse(
    await readFile(join(layout, 'blobs', ...text(descriptor['digest']).split(':')), 'utf8'),
  ) as unknown;
}

/** Go's names of fields begin with a capital letter. */
function fieldOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
