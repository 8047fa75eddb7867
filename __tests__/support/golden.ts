import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const TESTDATA = fileURLToPath(new URL('../testdata', import.meta.url));

export interface GoldenCase {
  readonly name: string;
  readonly folder: string;
  /** A file of the case. */
  read(file: string): string;
  /** Compares with a file of the case; `UPDATE_GOLDEN=1` writes it instead. */
  matches(file: string, actual: string): void;
}

/** The cases of a folder below testdata: each a folder of its own. */
export function goldenCases(...path: readonly string[]): readonly GoldenCase[] {
  const parent = join(TESTDATA, ...path);
  const entries = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map((entry) => entry.name)
    .sort()
    .map((name) => goldenCase(name, join(parent, name)));
}

function goldenCase(name: string, folder: string): GoldenCase {
  return {
    name,
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    matches(file, actual) {
      const golden = join(folder, file);
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
      expect(existsSync(golden) ? readFileSync(golden, 'utf8') : undefined).toBe(actual);
    },
  };
}
