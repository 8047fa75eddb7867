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
export function compressionOf(
  type: string | undefined,
  level: string | undefined,
): BuildOptions['compression'] {
  if (type !== undefined && type !== '' && type !== 'gzip' && type !== 'zstd') {
    throw badInput(`"${type}" is not a compression`, 'It is gzip or zstd.');
  }
  const chosen = type === 'zstd' ? 'zstd' : 'gzip';
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
