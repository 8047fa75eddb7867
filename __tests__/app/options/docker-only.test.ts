import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readInputs } from '../../../src/app/action/inputs.ts';
import { DOCKER_ONLY_INPUTS, parseCall, refuseDockerOnly } from '../../../src/app/options/docker-only.ts';

const { inputs } = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, { default?: string }>;
};
/** docker/build-push-action's, version 7. */
const DOCKERS =
  'add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call cgroup-parent context file labels load network no-cache no-cache-filters outputs platforms provenance pull push sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token'.split(
    ' ',
  );

const read = (values: Readonly<Record<string, string>>) =>
  readInputs((name) => values[name] ?? inputs[name]?.default ?? '', { RUNNER_TEMP: '/tmp' });

describe('inputs of docker/build-push-action', () => {
  test('each of them is an input here', () => {
    expect(DOCKERS.filter((name) => inputs[name] === undefined)).toEqual([]);
    expect(DOCKERS).toHaveLength(33);
  });

  test.each<[string, string]>([
    ['provenance', 'mode=max'],
    ['sbom', 'true'],
    ['attests', 'type=sbom'],
    ['builder', 'mine'],
    ['cgroup-parent', '/x'],
  ])('%s: %s is an error that says what does it', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: .*docker/build-push-action`));
  });

  test('what asks for nothing is no error', () => {
    for (const name of DOCKER_ONLY_INPUTS) refuseDockerOnly(name, '');
    const harmless = {
      provenance: 'false',
      sbom: 'False',
      attests: 'type=sbom,disabled=true\ntype=provenance,disabled=true',
    };
    expect(read({ ...harmless, pull: 'true', call: 'build' }).checksOnly).toBe(false);
  });

  test('call: check builds nothing; others are told apart from nonsense', () => {
    expect(read({ call: 'check' }).checksOnly).toBe(true);
    expect(() => read({ call: 'check', lint: 'false' })).toThrow('call: check only lints, and lint is false');
    expect(() => parseCall('targets')).toThrow('cannot be called');
    expect(() => parseCall('nonsense')).toThrow('is not a call');
    expect(() => read({ pull: 'always' })).toThrow('pull: "always" is not true or false');
  });
});
