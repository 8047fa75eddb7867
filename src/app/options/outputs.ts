import { resolve } from 'node:path';
import type { BuildError } from '../../base/errors.ts';
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
  const outputs = withPushAndLoad(parseOutputs(request.texts), request);
  if (!lacksTag(outputs, request)) for (const output of outputs) checkNames(output, request.tags);
  checkPlaces(outputs, request.tags);
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

/**
 * Apart from decideOutputs, for `push` is what is wrong then, and no output.
 * @throws BuildError `BAD_INPUT` where push has nothing to push to
 */
export function checkPush(request: OutputRequest): void {
  if (lacksTag(request.texts.flatMap(outputsIn), request)) throw noTag();
}

/** As docker buildx has it (commands/build.go): `push` and `load` mean the outputs of their kind that are written; without one they are one more. */
function withPushAndLoad(
  written: readonly OutputSpec[],
  { push, load }: Pick<OutputRequest, 'push' | 'load'>,
): readonly OutputSpec[] {
  const pushing = written.map((output) =>
    push && output.type === 'image' ? { ...output, push: true } : output,
  );
  const pushes = written.some(({ type }) => type === 'image');
  const loads = written.some((output) => output.type === 'docker' && output.dest === undefined);
  return [...pushing, ...(push && !pushes ? [PUSH] : []), ...(load && !loads ? [LOAD] : [])];
}

function lacksTag(outputs: readonly OutputSpec[], { push, tags }: OutputRequest): boolean {
  const isNamed = outputs.some((output) => output.type === 'image' && output.image.names.length > 0);
  return push && tags.length === 0 && !isNamed;
}

/** What is wrong with an output is told by decideOutputs. */
function outputsIn(text: string): readonly OutputSpec[] {
  try {
    return parseOutputs([text]);
  } catch {
    return [];
  }
}

/** Whether an output goes to standard output. */
export function isOnStdout(output: OutputSpec): boolean {
  return 'dest' in output && output.dest === '-';
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
  if (output.type === 'image' && output.push && namesOf(output, tags).length === 0) throw noTag();
}

function noTag(): BuildError {
  return badInput(
    'there is no tag to push to',
    'Name the image: the input tags, --tag, or name= of the output.',
  );
}

/** What is written later would be over what was written first, or in the midst of it. A layout can hold the image under several names. */
function checkPlaces(outputs: readonly OutputSpec[], tags: readonly string[]): void {
  const written = outputs.flatMap((output) => {
    if (!('dest' in output) || output.dest === undefined) return [];
    return [{ output, place: isOnStdout(output) ? 'standard output' : resolve(output.dest) }];
  });
  const twice = written.find(({ output, place }, at) =>
    written.slice(0, at).some((other) => other.place === place && !canShare(output, other.output, tags)),
  );
  if (twice !== undefined)
    throw badInput(`two outputs go to ${twice.place}`, 'Give each a place of its own: dest=PATH.');
}

/** Are both entries of one OCI layout, under other names? */
function canShare(one: OutputSpec, other: OutputSpec, tags: readonly string[]): boolean {
  if (one.type !== 'oci' || other.type !== 'oci' || one.tar || other.tar) return false;
  const [names, taken] = [namesOf(one, tags), namesOf(other, tags)];
  return names.length + taken.length > 0 && !names.some((name) => taken.includes(name));
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
