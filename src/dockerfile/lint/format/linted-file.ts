import type { Diagnostic } from '../../diagnostic.ts';
import { SEVERITIES } from '../config.ts';

/** What renderers are handed: a file and what was found in it. */
export interface LintedFile {
  /** As reports name it. */
  readonly path: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RenderOptions {
  /** Escape sequences for a terminal; tty only. */
  readonly color?: boolean;
  /** Absolute path of the folder that relative addresses count from; SARIF only. */
  readonly folder?: string;
  /** Of this program, for formats that tell it. */
  readonly version?: string;
}

/** Findings with their file, in order. */
export function eachFinding<T>(
  files: readonly LintedFile[],
  map: (diagnostic: Diagnostic, file: LintedFile) => T,
): readonly T[] {
  return files.flatMap((file) => file.diagnostics.map((diagnostic) => map(diagnostic, file)));
}

/** The gravest first, else as they come. */
export function byGravity(one: Diagnostic, other: Diagnostic): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
}

/** `DL3065, RedundantTargetPlatform` */
export function allIds({ rule, aliases }: Diagnostic): string {
  return [rule, ...aliases].join(', ');
}
