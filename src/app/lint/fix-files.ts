import { writeFileSync } from 'node:fs';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { type FixLevel, fixDockerfile } from '../../dockerfile/lint/apply-fixes.ts';
import type { LintConfig } from '../../dockerfile/lint/config.ts';
import { badInput } from '../options/problems.ts';
import { configFor, type DockerfileText } from './lint-files.ts';

export interface FixedFile {
  /** As it is now. */
  readonly file: DockerfileText;
  readonly fixed: readonly Diagnostic[];
}

/**
 * Mends a file where it lies; one with nothing to mend is not touched.
 * @throws BuildError `BAD_INPUT` for standard input, a file that is no UTF-8, and one that cannot be written
 */
export function fixFile(file: DockerfileText, config: LintConfig, level: FixLevel): FixedFile {
  if (file.path === '-') throw badInput('--fix: standard input cannot be mended', 'Name a file.');
  const { text, fixed } = fixDockerfile(file.text, file.path, configFor(file, config), level);
  if (text === file.text) return { file, fixed: [] };
  if (!file.exact) throw badInput(`${file.path} is not mended: it is not UTF-8 throughout`);
  try {
    writeFileSync(file.path, text);
  } catch (cause) {
    throw badInput(`${file.path} cannot be written: ${(cause as Error).message}`);
  }
  return { file: { ...file, text }, fixed };
}
