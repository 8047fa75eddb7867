import { BuildError } from '../../base/errors.ts';
import { RootPaths } from '../snapshot/root-paths.ts';

/** Programs that can set variables and then become another program. */
const ENV_PROGRAMS = ['/usr/bin/env', '/bin/env'] as const;
const SHELL = '/bin/sh';

/**
 * The command as it is to be started inside the root, where some variables can only be set there.
 * @throws BuildError `ISOLATION_FAILED` when the image has nothing that could set them
 */
export function innerCommand(
  root: string,
  args: readonly string[],
  late: readonly string[],
): readonly string[] {
  if (late.length === 0) return args;
  const paths = new RootPaths(root);
  const isFile = (path: string): boolean => paths.resolve(path).stat?.isFile() === true;
  const env = ENV_PROGRAMS.find(isFile);
  if (env !== undefined) return [env, ...late, ...args];
  const names = late.map((pair) => pair.slice(0, pair.indexOf('=')));
  if (isFile(SHELL) && names.every((name) => /^\w+$/.test(name))) {
    const exports = names.map((name, i) => `export ${name}="$${i + 1}";`).join(' ');
    return [
      SHELL,
      '-c',
      `${exports} shift ${late.length}; exec "$@"`,
      'sh',
      ...late.map(afterEquals),
      ...args,
    ];
  }
  throw new BuildError({
    kind: 'environment',
    code: 'ISOLATION_FAILED',
    message: `The variables ${names.join(', ')} cannot be set safely: the image has neither env nor sh`,
    hint: 'Unset them for this step, or install runc on this machine.',
  });
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1);
}
