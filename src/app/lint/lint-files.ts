import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BuildError, toBuildError } from '../../base/errors.ts';
import type { ParseResult } from '../../dockerfile/ast.ts';
import type { LintConfig } from '../../dockerfile/lint/config.ts';
import type { LintedFile } from '../../dockerfile/lint/format/linted-file.ts';
import { lint } from '../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import { type ShellcheckRun, shellcheckFiles } from './shellcheck.ts';

/** A Dockerfile as it was read. */
export interface DockerfileText {
  /** Where it was read; `-` is standard input. */
  readonly path: string;
  readonly text: string;
  /** The bytes are the text in UTF-8, so that writing it back changes nothing. */
  readonly exact: boolean;
  /** Text of the ignore file beside it, which is taken for that of its context. */
  readonly ignoreFile?: string;
}

export interface ReadFiles {
  readonly files: readonly DockerfileText[];
  readonly unreadable: readonly BuildError[];
}

export interface ReadRun {
  readonly readStdin: () => Promise<string>;
  /** Whether the ignore files beside them are wanted. */
  readonly ignoreFiles: boolean;
}

/** Every file that can be read; one that cannot does not silence the others. */
export async function readDockerfiles(paths: readonly string[], run: ReadRun): Promise<ReadFiles> {
  const files: DockerfileText[] = [];
  const unreadable: BuildError[] = [];
  for (const path of paths) {
    try {
      files.push(path === '-' ? { path, text: await run.readStdin(), exact: false } : readText(path));
    } catch (thrown) {
      unreadable.push(unreadableFile(path, thrown));
      continue;
    }
    const file = files.at(-1);
    if (file === undefined || path === '-' || !run.ignoreFiles) continue;
    const ignoreFile = ignoreFileBeside(path, unreadable);
    if (ignoreFile !== undefined) files[files.length - 1] = { ...file, ignoreFile };
  }
  return { files, unreadable };
}

function ignoreFileBeside(path: string, unreadable: BuildError[]): string | undefined {
  for (const name of [`${basename(path)}.dockerignore`, '.dockerignore']) {
    const candidate = join(dirname(path), name);
    try {
      return readFileSync(candidate, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') continue;
      unreadable.push(unreadableFile(candidate, thrown));
      return undefined;
    }
  }
  return undefined;
}

function readText(path: string): DockerfileText {
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  // A character that stands for broken bytes is longer than they were, or was there before.
  return { path, text, exact: !text.includes('\uFFFD') || Buffer.from(text).equals(bytes) };
}

function unreadableFile(path: string, thrown: unknown): BuildError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === undefined || code === 'ABORT_ERR') throw toBuildError(thrown);
  return new BuildError({
    kind: 'user',
    code: 'DOCKERFILE_NOT_FOUND',
    message: `${path} cannot be read: ${message}`,
    cause: thrown,
  });
}

/** How files are linted. */
export interface LintRun {
  readonly config: LintConfig;
  readonly shellcheck: ShellcheckRun;
  /** What reports call a file. */
  readonly nameOf?: (path: string) => string;
}

/**
 * The findings of each file, ShellCheck's among them.
 * @throws BuildError as shellcheckFiles
 */
export async function lintFiles(
  files: readonly DockerfileText[],
  run: LintRun,
): Promise<readonly LintedFile[]> {
  const nameOf = run.nameOf ?? ((path: string) => path);
  const parsed = files.map(
    (file): { readonly file: DockerfileText; readonly parsed: ParseResult; readonly config: LintConfig } => ({
      file,
      parsed: parseDockerfile(file.text, nameOf(file.path), run.config.buildArgs),
      config: configFor(file, run.config),
    }),
  );
  const external = await shellcheckFiles(parsed, run.shellcheck);
  return parsed.map(({ file, parsed: result, config }, index) => ({
    path: nameOf(file.path),
    text: file.text,
    diagnostics: lint(result, { ...config, external: external[index] ?? [] }),
  }));
}

/** With the ignore file beside a Dockerfile, unless one was named. */
export function configFor({ ignoreFile }: DockerfileText, config: LintConfig): LintConfig {
  return config.dockerignore !== undefined || ignoreFile === undefined
    ? config
    : { ...config, dockerignore: ignoreFile };
}
