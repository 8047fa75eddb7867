import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execOk } from '../../src/base/exec.ts';
import { tempDir } from '../../src/base/temp.ts';
import type { BuildCase } from './adapter.ts';

/** A vector file, or what stands for one. */
export interface Input extends AsyncDisposable {
  /** As the result lines name it. */
  readonly name: string;
  readonly json: unknown;
}

const ARCHIVE = /\.tar\.zst$/;
const nothing = (): Promise<void> => Promise.resolve();

/** Everything that a path of the command line stands for, each opened when it is its turn. */
export async function* inputsAt(path: string): AsyncIterable<Input> {
  if (!(await stat(path)).isDirectory()) {
    yield ARCHIVE.test(path) ? await openArchive(path) : await openJson(path);
    return;
  }
  const names = (await readdir(path)).sort();
  const cases = await buildCases(path, names);
  if (cases.length > 0) {
    yield { name: basename(path), json: { buildCases: cases }, [Symbol.asyncDispose]: nothing };
    return;
  }
  for (const name of names.filter((one) => one.endsWith('.json') || ARCHIVE.test(one))) {
    yield* inputsAt(join(path, name));
  }
}

async function openJson(path: string): Promise<Input> {
  const text = await readFile(path, 'utf8');
  return { name: basename(path), json: parseJson(text), [Symbol.asyncDispose]: nothing };
}

/** Undefined for what is no JSON: no adapter will know it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function openArchive(path: string): Promise<Input> {
  const folder = await tempDir(tmpdir(), 'conformance-');
  const tar = ['tar', '-x', '-p', '--numeric-owner', '--xattrs', '--xattrs-include=*'];
  await execOk([...tar, '-I', 'zstd -d --long=27', '-f', path, '-C', folder.path]);
  const names = (await readdir(folder.path)).sort();
  const inner = names.length === 1 ? join(folder.path, names[0] ?? '') : folder.path;
  const entries = (await stat(inner)).isDirectory() ? (await readdir(inner)).sort() : [];
  const cases = await buildCases(inner, entries);
  const json = cases.length > 0 ? { buildCases: cases } : { archive: inner, entries };
  return { name: basename(path), json, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** The build cases below a folder, or the one that the folder is. */
async function buildCases(folder: string, names: readonly string[]): Promise<BuildCase[]> {
  if (names.includes('case.json')) return [await buildCase(folder)];
  const cases: BuildCase[] = [];
  for (const name of names) {
    const inner = join(folder, name);
    const isCase = await stat(join(inner, 'case.json')).then(
      () => true,
      () => false,
    );
    if (isCase) cases.push(await buildCase(inner));
  }
  return cases;
}

async function buildCase(folder: string): Promise<BuildCase> {
  const json: unknown = JSON.parse(await readFile(join(folder, 'case.json'), 'utf8'));
  return { id: basename(folder), folder, json };
}
