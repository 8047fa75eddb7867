import { toBuildError } from '../../../src/base/errors.ts';
import { formatGitReference, type GitReference, parseGitReference } from '../../../src/plan/git-reference.ts';
import { parsePort } from '../../../src/plan/port.ts';
import { resolveWorkdir } from '../../../src/plan/working-directory.ts';
import { type Adapter, type Case, fail, type Outcome, pass, skip } from '../adapter.ts';
import { equal } from '../difference.ts';
import { isObject, type Json, listOf, objects, strings, text } from '../json-shape.ts';
import { judge, lower } from '../planning.ts';

/** Cases about planning in the files on instructions: whole Dockerfiles, working directories, ports, Git references. */
export const adapter: Adapter = {
  name: 'dockerfile-planning',
  recognises: (_name, json) =>
    isObject(json) && (listOf(json['convert'], 'id') || listOf(json['gitRefs'], 'ref')),
  *cases(json): Iterable<Case> {
    if (!isObject(json)) return;
    const baseImages = isObject(json['baseImages']) ? json['baseImages'] : {};
    for (const item of objects(json['convert']))
      yield { id: text(item['id']), run: () => convert(item, baseImages) };
    for (const item of objects(json['workdir'])) yield { id: text(item['id']), run: () => workdir(item) };
    for (const [index, item] of objects(json['gitRefs']).entries()) {
      yield { id: `gitRefs/${index} ${text(item['ref'])}`, run: () => gitReference(item) };
    }
  },
};

function convert(item: Json, baseImages: Json): Outcome {
  if (isObject(item['expect'])) return whole(item, item['expect'], baseImages);
  const input = isObject(item['input']) ? item['input'] : {};
  switch (item['kind']) {
    case 'exposePort':
      return ports(item, [text(input['spec'])]);
    case 'exposePorts':
      return ports(item, strings(input['specs']));
    case 'convert':
      return okOrNot(item, input);
    default:
      return skip(`a case of kind ${text(item['kind'])}`);
  }
}

function whole(item: Json, expected: Json, baseImages: Json): Outcome {
  const { target, platform, all } = item;
  const input = {
    dockerfile: text(item['text']),
    buildArgs: item['args'],
    labels: item['labels'],
    ...(typeof target === 'string' ? { target } : {}),
    ...(typeof platform === 'string' ? { platform } : {}),
    ...(all === true ? { allStages: true } : {}),
  };
  return judge(input, baseImages, expected);
}

/** Any image will do. */
const ANY_IMAGE: Json = new Proxy<Record<string, unknown>>(
  {},
  {
    get: () => ({
      os: 'linux',
      architecture: 'amd64',
      config: {},
      rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] },
      history: [],
    }),
  },
);

function okOrNot(item: Json, input: Json): Outcome {
  const target = input['target'];
  const lowered = lower(
    { dockerfile: text(input['dockerfile']), ...(typeof target === 'string' ? { target } : {}) },
    ANY_IMAGE,
  );
  if (item['ok'] !== true) return lowered.kind === 'failed' ? pass : fail('does not fail');
  if (lowered.kind === 'failed') return fail(`fails: ${lowered.message}`);
  const config = lowered.result.graph.targets[0]?.config.config;
  for (const { subject, value } of objects(item['expect'])) {
    const label = /^result\.Image\.Config\.Labels\["(.*)"\]$/.exec(text(subject))?.[1];
    if (label === undefined) return skip("looks at a part of the result that is BuildKit's own");
    if (config?.Labels?.[label] !== value) return fail(`label ${label} is ${config?.Labels?.[label]}`);
  }
  return pass;
}

function ports(item: Json, specs: readonly string[]): Outcome {
  let found: readonly string[];
  try {
    found = specs.flatMap((spec) => parsePort(spec).ports);
  } catch (error) {
    return item['ok'] === true ? fail(toBuildError(error).message) : pass;
  }
  if (item['ok'] !== true) return fail('does not fail');
  const expected = objects(item['expect']).find(({ subject }) => subject === 'ports');
  return equal(found, expected?.['value']);
}

function workdir(item: Json): Outcome {
  const args = isObject(item['args']) ? item['args'] : {};
  const expected = isObject(item['expect']) ? item['expect'] : {};
  return equal(resolveWorkdir(text(args['current']), text(item['text']), 'linux'), expected['result']);
}

function gitReference(item: Json): Outcome {
  const test = text(item['test']);
  let reference: GitReference | undefined;
  try {
    reference = parseGitReference(text(item['ref']));
  } catch (error) {
    const expectsFailure = text(item['err']) !== '' || item['ok'] === false;
    return expectsFailure ? pass : fail(toBuildError(error).message);
  }
  if (text(item['err']) !== '') return fail(`does not fail: ${text(item['err'])}`);
  if (test === 'TestParseGitRef') return equal(shape(reference), item['expected'] ?? undefined);
  if (item['ok'] === false) return equal(reference, undefined);
  if (reference === undefined) return fail('is not taken for Git');
  return equal(formatGitReference(reference, test.endsWith('WithSubdir')), item['expected']);
}

/** In the words of the vectors. */
function shape(reference: GitReference | undefined): Json | undefined {
  if (reference === undefined) return undefined;
  return {
    Remote: reference.remote,
    ShortName: reference.shortName,
    Ref: reference.ref,
    SubDir: reference.subdir,
    Checksum: reference.checksum,
    KeepGitDir: reference.keepGitDir,
    Submodules: reference.submodules,
    FetchByCommit: reference.fetchByCommit,
    IndistinguishableFromLocal: reference.looksLocal ? true : undefined,
    MTime: reference.mtime,
  };
}
