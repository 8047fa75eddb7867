import { BuildError } from '../../base/errors.ts';

export function missingMountSource(source: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'MOUNT_SOURCE_NOT_FOUND',
    message: `There is no ${source} to mount`,
  });
}
