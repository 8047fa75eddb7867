import { badInput } from './problems.ts';

interface DockerOnly {
  readonly why: string;
  readonly instead: string;
  /** Values besides the empty one that ask for nothing. */
  readonly harmless?: RegExp;
}

const SWITCHED_OFF = /^(?:false|0|f)$/i;
const ATTESTATIONS: DockerOnly = {
  why: 'attestations are not made',
  instead:
    'Set it to false. For what was pushed, actions/attest-build-provenance and actions/attest-sbom sign one for the output digest; beside the image docker/build-push-action puts them.',
  harmless: SWITCHED_OFF,
};

/** What docker/build-push-action and docker buildx take and this builder cannot do, by the name of the input. */
const DOCKER_ONLY = {
  builder: {
    why: 'there are no builders to choose from: the engine is part of this action',
    instead: 'Leave it out, and docker/setup-buildx-action with it; docker/build-push-action uses builders.',
  },
  'cgroup-parent': {
    why: 'steps get no control group of a name of their own',
    instead: 'Leave it out; docker/build-push-action has it with a builder.',
  },
  provenance: ATTESTATIONS,
  sbom: ATTESTATIONS,
  attests: { ...ATTESTATIONS, harmless: /^(?:type=(?:sbom|provenance),disabled=true\s*)+$/ },
} as const satisfies Readonly<Record<string, DockerOnly>>;

export const DOCKER_ONLY_INPUTS = Object.keys(DOCKER_ONLY) as readonly (keyof typeof DOCKER_ONLY)[];

/** Why there is no such thing, and what there is instead. */
export function dockerOnlyReason(name: keyof typeof DOCKER_ONLY): string {
  const { why, instead }: DockerOnly = DOCKER_ONLY[name];
  return `${why}. ${instead}`;
}

/**
 * Silently leaving out what was asked for would be worse than to fail.
 * @throws BuildError `BAD_INPUT` for a value that asks for something
 */
export function refuseDockerOnly(name: keyof typeof DOCKER_ONLY, text: string): void {
  const { why, instead, harmless }: DockerOnly = DOCKER_ONLY[name];
  const value = text.trim();
  if (value === '' || harmless?.test(value) === true) return;
  throw badInput(why, instead);
}

/** Whether the linter alone is asked for. @throws BuildError `BAD_INPUT` */
export function parseCall(text: string): 'build' | 'check' {
  if (text === '' || text === 'build') return 'build';
  if (text === 'check') return 'check';
  if (text === 'outline' || text === 'targets' || text.startsWith('subrequests'))
    throw badInput(
      `"${text}" cannot be called`,
      'It is build or check; docker/build-push-action and docker buildx build --call know the others.',
    );
  throw badInput(`"${text}" is not a call`, 'It is build or check.');
}
