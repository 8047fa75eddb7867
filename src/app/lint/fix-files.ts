import { reasonOf } from '../../base/errors.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { type FixLevel, fixDockerfile } from '../../dockerfile/lint/apply-fixes.ts';
import type { LintConfig } from '../../dockerfile/lint/config.ts';
import { badInput } from '../options/problems.ts';
import { configFor, type DockerfileText } from './lint-files.ts';
import { replaceFile } from './replace-file.ts';

export interface FixedFile {
  /** As it is now. */
  readonly file: DockerfileText;
  readonly fixed: readonly Diagnostic[];
  /** Why it was written where it lies, and not replaced as a whole. */
  readonly inPlace?: string | undefined;
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
    return { file: { ...file, text }, fixed, inPlace: replaceFile(file.path, text) };
  } catch (cause) {
    throw badInput(`${file.path} is not mended, it cannot be written: ${reasonOf(cause)}`);
  }
}
