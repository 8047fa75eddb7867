import { type ImageAttributes, type OutputSpec, parseOutputs } from '../../export/spec.ts';
import { HIGHEST_LEVEL, readCompressionLevel } from '../../image/layer/compression-level.ts';
import { parseReference } from '../../image/reference.ts';
import type { BuildOptions } from '../build-options.ts';
import { badInput } from './problems.ts';
import { parseTag } from './references.ts';

/** The parts of the options that outputs decide together with inputs of their own. */
type Decided = Pick<BuildOptions, 'outputs' | 'annotations' | 'compression'>;

export interface OutputRequest {
  /** As written: `type=oci,dest=image.tar`. */
  readonly texts: readonly string[];
  readonly push: boolean;
  readonly load: boolean;
  readonly tags: readonly string[];
  readonly annotations: Decided['annotations'];
  readonly compression: Decided['compression'];
}

/**
 * All outputs of a build, `push` and `load` among them. There is one image whatever the number of outputs, so what an output says about the
 * image holds for all of them.
 * @throws BuildError `BAD_INPUT`, `BAD_OUTPUT`, `UNKNOWN_OUTPUT_TYPE`, `OUTPUT_NOT_SUPPORTED`
 */
export function decideOutputs(request: OutputRequest): Decided {
  const written = parseOutputs(request.texts);
  const pushing = written.some((output) => output.type === 'image' && output.push);
  const outputs: OutputSpec[] = [
    ...written,
    ...(request.push && !pushing ? [PUSH] : []),
    ...(request.load ? [LOAD] : []),
  ];
  for (const output of outputs) checkNames(output, request.tags);
  const images = outputs.flatMap((output) => ('image' in output ? [output.image] : []));
  return {
    outputs,
    annotations: [...request.annotations, ...images.flatMap(({ annotations }) => annotations)],
    compression: oneCompression(
      images.flatMap(({ compression }) => (compression === undefined ? [] : [compression])),
      request.compression,
    ),
  };
}

/** The references that an output names, else the build's tags. */
export function namesOf(output: OutputSpec, tags: readonly string[]): readonly string[] {
  const names = 'image' in output ? output.image.names : [];
  return names.length === 0 ? tags : names.map((name) => parseTag(name));
}

/** Hosts that an output allows to speak plain HTTP or to show any certificate. */
export function insecureHosts(outputs: readonly OutputSpec[], tags: readonly string[]): readonly string[] {
  return outputs.flatMap((output) =>
    output.type === 'image' && output.insecure
      ? namesOf(output, tags).map((name) => parseReference(name).host)
      : [],
  );
}

const NO_ATTRIBUTES = { names: [], annotations: [] };
const PUSH: OutputSpec = {
  type: 'image',
  push: true,
  byDigest: false,
  insecure: false,
  image: NO_ATTRIBUTES,
};
const LOAD: OutputSpec = { type: 'docker', image: NO_ATTRIBUTES };

function checkNames(output: OutputSpec, tags: readonly string[]): void {
  if (output.type === 'image' && output.push && namesOf(output, tags).length === 0) {
    throw badInput(
      'there is no tag to push to',
      'Name the image: the input tags, --tag, or name= of the output.',
    );
  }
}

type Written = NonNullable<ImageAttributes['compression']>;

/** What an output leaves open is what the build says. */
function completed({ type: written, level }: Written, build: Decided['compression']): Decided['compression'] {
  const type = written ?? build.type;
  if (level !== undefined && readCompressionLevel(type, String(level)) === undefined) {
    throw badInput(
      `compression-level=${level} of an output is not a level of ${type}`,
      `It is a number from 0 to ${HIGHEST_LEVEL[type]}.`,
    );
  }
  const chosen = level ?? (type === build.type ? build.level : undefined);
  return chosen === undefined ? { type } : { type, level: chosen };
}

function oneCompression(
  written: readonly Written[],
  otherwise: Decided['compression'],
): Decided['compression'] {
  const [first = otherwise, ...more] = written.map((each) => completed(each, otherwise));
  if (more.some(({ type, level }) => type !== first.type || level !== first.level)) {
    throw badInput(
      'outputs ask for different compressions',
      'There is one image for all outputs, and so one compression.',
    );
  }
  return first;
}
