import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { isFolderAt } from './contexts/context-address.ts';
import type { DockerfileText } from './contexts/opened-context.ts';
import { lastingName } from './options/cache-scope.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where services check a repository out, and what they call it. */
const CHECKOUTS = [
  { folder: 'GITHUB_WORKSPACE', repository: 'GITHUB_REPOSITORY' },
  { folder: 'CI_PROJECT_DIR', repository: 'CI_PROJECT_PATH' },
] as const;

/**
 * Names the Dockerfile and context of a build, among all whose results one cache keeps: the same on each runner of a repository, else on this
 * machine. A digest, as caches go to other machines and paths do not.
 */
export function buildPlace(environment: Environment, context: string, dockerfile: DockerfileText): string {
  const checkout = CHECKOUTS.find(({ folder }) => environment[folder] !== undefined);
  const root = checkout === undefined ? undefined : environment[checkout.folder];
  const named = (path: string): string =>
    root === undefined ? resolve(path) : relative(resolve(root), resolve(path));
  const parts = [
    checkout === undefined ? '' : (environment[checkout.repository] ?? ''),
    isFolderAt(context) ? named(context) : lastingName(context),
    dockerfile.file === undefined ? dockerfile.path : named(dockerfile.file),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
