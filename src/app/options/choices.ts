import type { Severity } from '../../dockerfile/diagnostic.ts';
import { HIGHEST_LEVEL, readCompressionLevel } from '../../image/layer/compression-level.ts';
import type { Rung } from '../../worker/worker.ts';
import type { BuildOptions } from '../build-options.ts';
import { badInput } from './problems.ts';

/** @throws BuildError `BAD_INPUT` */
export function thresholdOf(text: string): Severity | 'none' {
  switch (text) {
    case 'error':
    case 'warning':
    case 'info':
    case 'style':
    case 'none':
      return text;
    default:
      throw badInput(`"${text}" is not a level`, 'It is error, warning, info, style or none.');
  }
}

/** @throws BuildError `BAD_INPUT` */
export function compressionTypeOf(text: string | undefined): 'gzip' | 'zstd' {
  if (text === undefined || text === '') return 'gzip';
  if (text === 'gzip' || text === 'zstd') return text;
  throw badInput(`"${text}" is not a compression`, 'It is gzip or zstd.');
}

/**
 * @param type undefined: what was given is none, so that the level of any of them passes
 * @throws BuildError `BAD_INPUT` for the level
 */
export function compressionOf(
  type: 'gzip' | 'zstd' | undefined,
  level: string | undefined,
): BuildOptions['compression'] {
  const chosen = type ?? 'zstd';
  if (level === undefined || level === '') return { type: chosen };
  const number = readCompressionLevel(chosen, level);
  if (number !== undefined) return { type: chosen, level: number };
  throw badInput(
    `"${level}" is not a level of ${chosen}`,
    `It is a number from 0 to ${HIGHEST_LEVEL[chosen]}.`,
  );
}

/** @throws BuildError `BAD_INPUT` */
export function isolationOf(text: string | undefined): 'auto' | Rung {
  switch (text) {
    case undefined:
    case '':
      return 'auto';
    case 'auto':
    case 'runc':
    case 'unshare':
    case 'userns':
    case 'chroot':
    case 'none':
      return text;
    default:
      throw badInput(`"${text}" is not an isolation`, 'It is auto, runc, unshare, userns, chroot or none.');
  }
}
