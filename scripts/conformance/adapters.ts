import type { Adapter } from './adapter.ts';

/** Where an adapter is. Loaded when needed, so that one which does not load fails by itself. */
export interface AdapterEntry {
  readonly name: string;
  load(): Promise<{ readonly adapter: Adapter }>;
}

/** All adapters, one line each. */
export const adapters: readonly AdapterEntry[] = [
  { name: 'dockerfile-parser', load: () => import('./adapters/dockerfile-parser.ts') },
  { name: 'dockerfile-probes', load: () => import('./adapters/dockerfile-probes.ts') },
  { name: 'dockerfile-shell', load: () => import('./adapters/dockerfile-shell.ts') },
  { name: 'dockerfile-instructions', load: () => import('./adapters/dockerfile-instructions.ts') },
  { name: 'dockerignore', load: () => import('./adapters/dockerignore.ts') },
  { name: 'language-docker', load: () => import('./adapters/language-docker.ts') },
  { name: 'real-dockerfiles', load: () => import('./adapters/real-dockerfiles.ts') },
  { name: 'real-dockerfiles-lint', load: () => import('./adapters/real-dockerfiles-lint.ts') },
  { name: 'dockerfile-lowering', load: () => import('./adapters/dockerfile-lowering.ts') },
  { name: 'dockerfile-planning', load: () => import('./adapters/dockerfile-planning.ts') },
  { name: 'dockerfile-copy', load: () => import('./adapters/dockerfile-copy.ts') },
  { name: 'hadolint-oracle', load: () => import('./adapters/hadolint-oracle.ts') },
  { name: 'hadolint-config', load: () => import('./adapters/hadolint-config.ts') },
  { name: 'dockerfile-lint', load: () => import('./adapters/dockerfile-lint.ts') },
  { name: 'image-reference', load: () => import('./adapters/image-reference.ts') },
  { name: 'dockerfile-build-cases', load: () => import('./adapters/dockerfile-build-cases.ts') },
  { name: 'build-cases', load: () => import('./adapters/build-cases.ts') },
];
