import { readAll } from '../../base/errors.ts';
import { CHECK_ARGUMENT, readCheckArgument } from '../../dockerfile/directives.ts';
import { badInput } from './problems.ts';

/** Labels: `KEY` alone is an empty one, as in docker build. @throws BuildError `BAD_INPUT` for an item without a key */
export function labels(items: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(readAll(items, (item) => split(item.includes('=') ? item : `${item}=`)));
}

/**
 * Build args: `KEY` alone takes the value from the environment, and is left out when it has none there, as in docker build.
 * @throws BuildError `BAD_INPUT` for an item without a key; `BAD_CHECK_DIRECTIVE` for a `BUILDKIT_DOCKERFILE_CHECK` that cannot be read
 */
export function buildArgs(
  items: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found = readAll(items, (item): readonly [string, string][] => {
    if (item.includes('=')) return [split(item)];
    const value = environment[item];
    return value === undefined ? [] : [[item, value]];
  });
  const args = Object.fromEntries(found.flat());
  const check = args[CHECK_ARGUMENT];
  if (check !== undefined) readCheckArgument(check);
  return args;
}

function split(item: string): [string, string] {
  const equals = item.indexOf('=');
  if (equals < 1) throw badInput(`"${item}" is not of the form KEY=VALUE`);
  return [item.slice(0, equals), item.slice(equals + 1)];
}
