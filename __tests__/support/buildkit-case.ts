import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageConfig } from '../../src/image/types.ts';
import type { MemoryFile } from './memory-tree.ts';

const FOLDER = fileURLToPath(new URL('../testdata/buildkit-cache', import.meta.url));

/** A file of a context as the cases write it: modes in octal. */
export type CaseFile =
  | string
  | {
      readonly text?: string;
      readonly mode?: string;
      readonly link?: string;
      readonly folder?: true;
      readonly fifo?: true;
    };

/** How BuildKit was asked to build a case. */
export interface CaseOptions {
  readonly files?: Readonly<Record<string, CaseFile>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly addHosts?: readonly { readonly name: string; readonly ip: string }[];
  readonly ulimits?: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly shmSize?: number;
  /** What the addresses of ADD give, by file name. */
  readonly remote?: Readonly<Record<string, { readonly text: string; readonly mtime: number }>>;
}

/** What BuildKit wrote. */
export interface Recorded {
  /** The version of BuildKit. */
  readonly by: string;
  readonly manifest: {
    readonly layers: readonly {
      readonly digest: string;
      readonly annotations: Readonly<Record<string, string>>;
    }[];
  };
  readonly config: unknown;
}

/** An image that the cases are based on: what its name stands for, and its config. */
export interface RecordedBase {
  readonly reference: string;
  readonly platform: string;
  readonly source: string;
  readonly manifest: string;
  readonly config: ImageConfig;
}

export interface BuildkitCase {
  readonly name: string;
  readonly folder: string;
  readonly dockerfile: string;
  readonly options: CaseOptions;
  readonly files: Readonly<Record<string, CaseFile>>;
}

export const BASES_FILE = join(FOLDER, 'bases.json');

/** Dockerfiles with contexts that BuildKit built, as scripts/record-buildkit.ts recorded it. */
export function buildkitCases(): readonly BuildkitCase[] {
  const shared = readJson(join(FOLDER, 'context.json')) as Readonly<Record<string, CaseFile>>;
  return readdirSync(join(FOLDER, 'cases'))
    .sort()
    .map((name) => {
      const folder = join(FOLDER, 'cases', name);
      const file = join(folder, 'options.json');
      const options = existsSync(file) ? (readJson(file) as CaseOptions) : {};
      return {
        name,
        folder,
        dockerfile: readFileSync(join(folder, 'Dockerfile'), 'utf8'),
        options,
        files: options.files ?? shared,
      };
    });
}

/** Oldest version first. */
export function recordedOf({ folder }: BuildkitCase): readonly Recorded[] {
  return readdirSync(folder)
    .filter((name) => /^recorded-.*\.json$/.test(name))
    .sort()
    .map((name) => readJson(join(folder, name)) as Recorded);
}

export function recordedBases(): readonly RecordedBase[] {
  return readJson(BASES_FILE) as readonly RecordedBase[];
}

export function memoryFiles(files: Readonly<Record<string, CaseFile>>): Readonly<Record<string, MemoryFile>> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, memoryFile(file)]));
}

function memoryFile(file: CaseFile): MemoryFile {
  if (typeof file === 'string') return file;
  const { mode, fifo, ...rest } = file;
  return {
    ...rest,
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
    ...(fifo === true ? { type: 'fifo', mode: 0o644 } : {}),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
