import type { Diagnostic } from '../../diagnostic.ts';
import { SEVERITIES } from '../config.ts';
import { fingerprintPath } from '../fingerprint.ts';

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
  /** Absolute path of the folder that relative addresses count from, for formats that services read. */
  readonly folder?: string;
  /** How services that know the whole repository call a file; default: as it is called. */
  readonly pathOf?: (path: string) => string;
  /** Of this program, for formats that tell it. */
  readonly version?: string;
}

/** A file's path for services: below the folder relative to it, with slashes. */
export function servicePath(path: string, { folder, pathOf }: RenderOptions): string {
  return fingerprintPath(pathOf?.(path) ?? path, folder);
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
