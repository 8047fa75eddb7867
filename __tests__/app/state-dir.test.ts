import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '../../src/app/action/inputs.ts';
import { parseArguments } from '../../src/app/cli/arguments.ts';
import { BUILD_FLAGS, buildOptions, defaultStateDir } from '../../src/app/cli/build-flags.ts';

function ofFlags(...argv: string[]): string {
  return buildOptions(parseArguments(argv, BUILD_FLAGS), {}).stateDir;
}

// A container runtime and the worker have working directories of their own.
describe('the state folder is told by its whole path', () => {
  test('to the command line', () => {
    expect(ofFlags('--state-dir', 'state', '.')).toBe(resolve('state'));
    expect(ofFlags('--state-dir', '/s', '.')).toBe('/s');
  });

  test('to the action', () => {
    const stateOf = (text: string) =>
      readInputs((name) => (name === 'state-dir' ? text : ''), { RUNNER_TEMP: '/temp' }).build.stateDir;
    expect(stateOf('.cache/state')).toBe(resolve('.cache/state'));
    expect(stateOf('')).toBe('/temp/ts-image-build');
  });

  test('by a cache folder of the environment, which counts only as a whole path', () => {
    expect(defaultStateDir({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/ts-image-build');
    expect(defaultStateDir({ XDG_CACHE_HOME: 'c', HOME: '/h' })).toBe('/h/.cache/ts-image-build');
  });
});
