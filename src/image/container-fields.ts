import type { ContainerConfig } from './types.ts';

/** The fields of an image config's `config` that we know, in the order in which they are written (image-spec 1.1, config.md, and Docker's). */
export const CONTAINER_FIELDS: readonly (keyof ContainerConfig)[] = [
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'ArgsEscaped',
  'Healthcheck',
  'OnBuild',
  'Shell',
];
