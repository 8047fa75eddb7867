import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tempDir } from '../../../src/base/temp.ts';
import { type Adapter, type Case, fail, type Outcome, pass, type Settings, skip } from '../adapter.ts';
import { Builder } from '../builder.ts';
import { difference } from '../difference.ts';
import { isObject, type Json, listOf, objects, record, strings, text } from '../json-shape.ts';
import { isKnownSubject, subjectDifference } from '../layout-subject.ts';
import { readLayout } from '../layout-view.ts';
import { REGISTRY, Surroundings } from '../surroundings.ts';
import { NotKnown, writeContext } from '../written-context.ts';

const LIBRARY = ['alpine', 'busybox'];
/** Facts of the client that decide nothing in a build. */
const IGNORED = ['vcs', 'local-sessionid', 'filename', 'dockerfilekey'];
/** Kinds of cases that need something which this builder has not, or which a checker cannot give. */
const NEEDS: readonly (readonly [string, (one: Json) => boolean])[] = [
  [
    'a daemon that refuses entitlements',
    (one) => Object.values(record(one['daemon'])).some((said) => said !== 'granted'),
  ],
  [
    'needs a Windows base image',
    (one) =>
      /^FROM nanoserver\b/m.test(text(one['dockerfile'])) ||
      (/^windows\//.test(text(record(one['attrs'])['platform'])) && strings(one['images']).length > 0),
  ],
  ['a source policy', (one) => 'sourcePolicy' in one],
  [
    'a build without a Dockerfile of its own',
    (one) => typeof one['dockerfile'] !== 'string' && !('context' in record(one['attrs'])),
  ],
  ['installs packages from the network', (one) => /\b(apk add|apt-get)\b/.test(text(one['dockerfile']))],
  ['programs that the base images here lack', (one) => /\badduser\b/.test(text(one['dockerfile']))],
  ['attestations', (one) => Object.keys(record(one['attrs'])).some((key) => key.startsWith('attest:'))],
  [
    'checks BuildKit’s own structures only',
    (one) => onlyStructures(record(one['expect'])) && !usesCaches(one),
  ],
  [
    'an ssh agent or an upload of the session',
    (one) => hasOther(record(one['session']), 'secrets', 'ociStores'),
  ],
];

function onlyStructures(expect: Json): boolean {
  const known = ['files', 'absent', 'config', 'error', 'errorRegexp'];
  const structures = ['other', 'configOf', 'tar'];
  return (
    expect['success'] !== false &&
    structures.some((key) => key in expect) &&
    !known.some((key) => key in expect) &&
    !objects(expect['other']).some(({ subject }) => isKnownSubject(text(subject)))
  );
}

function hasOther(object: Json, ...known: readonly string[]): boolean {
  return Object.keys(object).some((key) => !known.includes(key));
}

/** The builds of one test so far. */
interface Group {
  readonly surroundings: Surroundings;
  /** One folder for each build. */
  readonly folder: string;
}

async function runCase(one: Json, group: Group, builder: Builder, settings: Settings): Promise<Outcome> {
  const reason = NEEDS.find(([, applies]) => applies(one))?.[0];
  if (reason !== undefined) return skip(reason);
  const folder = join(group.folder, String(one['build']));
  await mkdir(folder);
  const { surroundings } = group;
  try {
    await surroundings.open(one, folder);
    if (hasEmptyContext(one)) throw new NotKnown('a context that the test computed');
    const stored = await storedDigest(one, group);
    if (stored !== undefined) surroundings.set(STORED, stored);
    if (!usesCaches(one)) return await buildCase(one, group, surroundings, builder);
    // What an earlier build left in a state folder would hide what its exported cache gives.
    await using state = await tempDir(tmpdir(), 'conformance-state-');
    await using own = new Builder(state.path, { ...settings, cache: 'flags' });
    return await buildCase(one, group, surroundings, own);
  } catch (error) {
    if (error instanceof NotKnown) return skip(error.message);
    throw error;
  }
}

/** Content that only the test itself could write is empty in the vectors. */
function hasEmptyContext(one: Json): boolean {
  const [, server = '', path = ''] =
    /^(\{\{http\d+\}\})(.*)$/.exec(text(record(one['attrs'])['context'])) ?? [];
  return record(record(record(one['http'])[server])[path])['Content'] === '';
}

function usesCaches(one: Json): boolean {
  return 'cacheExports' in one || 'cache-from' in record(one['attrs']);
}

/** How a test writes the digest of what the build before exported; as it stands in JSON. */
const STORED = '{{tar[\\"index.json\\"].Data|json.Manifests[0].Digest.Hex()}}';

async function storedDigest(one: Json, group: Group): Promise<string | undefined> {
  if (!('ociStores' in record(one['session']))) return undefined;
  const index: unknown = JSON.parse(await readFile(join(earlierLayout(one, group), 'index.json'), 'utf8'));
  return text(objects(record(index)['manifests'])[0]?.['digest']).replace(/^sha256:/, '');
}

function earlierLayout(one: Json, group: Group): string {
  return join(group.folder, String(Number(one['build']) - 1), 'layout');
}

async function buildCase(one: Json, group: Group, around: Surroundings, builder: Builder): Promise<Outcome> {
  const folder = join(group.folder, String(one['build']));
  const filled = record(JSON.parse(around.fill(JSON.stringify({ ...one, expect: {}, http: {}, git: {} }))));
  const attrs = record(filled['attrs']);
  const context = join(folder, 'context');
  await writeContext(context, record(filled['context']));
  for (const [name, entries] of Object.entries(record(filled['mounts'])))
    await writeContext(join(folder, 'mounts', name), record(entries));
  const elsewhere = record(filled['dockerfileDir']);
  const place = Object.keys(elsewhere).length === 0 ? context : join(folder, 'dockerfile');
  if (place !== context) await writeContext(place, elsewhere);
  const places = { folder, layout: earlierLayout(one, group) };
  const flags = [
    ...(await flagsOf(filled, attrs, places)),
    ...outputs(one, folder),
    ...(typeof attrs['context'] === 'string'
      ? [attrs['context']]
      : ['-f', join(place, text(attrs['filename']) || 'Dockerfile'), context]),
  ];
  const run = await builder.build(flags, { HOME: folder });
  const expect = record(one['expect']);
  if (expect['success'] === false || 'error' in expect)
    return 'error' in run ? pass : fail('succeeded, should fail');
  if ('error' in run) return fail(`failed: ${run.error.message}`);
  for (const assertion of objects(expect['other'])) {
    const wrong = await subjectDifference(assertion, (build) => join(group.folder, build), one);
    if (wrong !== undefined) return fail(wrong);
  }
  const inLayout = objects(one['exports'])[0]?.['type'] === 'oci';
  return checked(around, expect, folder, inLayout ? 'layout' : 'out');
}

function outputs(one: Json, folder: string): readonly string[] {
  const [exported] = objects(one['exports']);
  const name = exported?.['type'] === 'oci' ? text(record(exported['attrs'])['name']) : '';
  return [
    '-o',
    `type=local,dest=${join(folder, 'out')}`,
    '-o',
    `type=oci,tar=false,dest=${join(folder, 'layout')}${name === '' ? '' : `,"name=${name}"`}`,
  ];
}

/** Where the files of a build are, and the layout that its stores hold. */
interface Places {
  readonly folder: string;
  readonly layout: string;
}

async function flagsOf(one: Json, attrs: Json, places: Places): Promise<readonly string[]> {
  const flags: string[] = LIBRARY.flatMap((name) => [name, `${name}:latest`]).flatMap((name) =>
    `context:${name}` in attrs
      ? []
      : ['--build-context', `${name}=docker-image://${REGISTRY}/library/${name.split(':')[0]}:latest`],
  );
  for (const [key, value] of Object.entries(attrs)) flags.push(...flagsFor(key, text(value), places));
  for (const { Type: type, Attrs: extra } of objects(one['cacheExports'])) {
    const words = Object.entries({ type, ...record(extra) }).map(([key, value]) => `${key}=${text(value)}`);
    flags.push('--cache-to', words.filter((word) => !word.startsWith('oci-mediatypes')).join(','));
  }
  for (const name of strings(one['entitlements'])) flags.push('--allow', name);
  for (const exported of objects(one['exports'])) {
    const name = text(record(exported['attrs'])['name']);
    if (exported['type'] === 'image' && name.startsWith(REGISTRY)) flags.push('--push', '-t', name);
  }
  for (const [id, value] of Object.entries(record(record(one['session'])['secrets']))) {
    const file = join(places.folder, `secret-${id}`);
    await writeFile(file, text(value));
    flags.push('--secret', `id=${id},src=${file}`);
  }
  return flags;
}

function flagsFor(key: string, value: string, places: Places): readonly string[] {
  const [kind = '', ...rest] = key.split(':');
  const name = rest.join(':');
  switch (kind) {
    case 'build-arg':
    case 'label':
      return [`--${kind}`, `${name}=${value}`];
    case 'target':
    case 'platform':
    case 'shm-size':
    case 'ulimit':
      return [`--${kind}`, value];
    case 'no-cache':
      return value === ''
        ? ['--no-cache']
        : value.split(',').flatMap((stage) => ['--no-cache-filter', stage]);
    case 'context':
      // The positional argument is the one without a name.
      return name === '' ? [] : contextFlag(name, value, places);
    case 'cache-from':
      return ['--cache-from', `type=registry,ref=${value}`];
    default:
      if (IGNORED.includes(kind)) return [];
      throw new NotKnown(`the frontend option ${kind}`);
  }
}

function contextFlag(name: string, value: string, { folder, layout }: Places): readonly string[] {
  const local = /^local:(.*)$/.exec(value)?.[1];
  if (local !== undefined) return ['--build-context', `${name}=${join(folder, 'mounts', local)}`];
  const image = /^docker-image:(?:\/\/)?(.*)$/.exec(value)?.[1];
  const library = /^docker\.io\/library\/(alpine|busybox):latest$/.exec(image ?? '')?.[1];
  if (library !== undefined)
    return ['--build-context', `${name}=docker-image://${REGISTRY}/library/${library}:latest`];
  if (image !== undefined) return ['--build-context', `${name}=docker-image://${image}`];
  const digest = /^oci-layout:[^@]*@(.*)$/.exec(value)?.[1];
  if (digest !== undefined) return ['--build-context', `${name}=oci-layout://${layout}@${digest}`];
  throw new NotKnown(`named contexts of the kind ${value.split(':')[0]}`);
}

async function checked(
  around: Surroundings,
  expect: Json,
  folder: string,
  exported: 'out' | 'layout',
): Promise<Outcome> {
  const out = join(folder, exported);
  for (const [path, check] of Object.entries(record(expect['files']))) {
    const wrong = await fileDifference(around, join(out, path), record(check));
    if (wrong !== undefined) return fail(`/${path} ${wrong}`);
  }
  for (const path of Array.isArray(expect['absent'])
    ? strings(expect['absent'])
    : Object.keys(record(expect['absent']))) {
    if (await isThere(join(out, path))) return fail(`/${path} is there`);
  }
  if (!('config' in expect)) return pass;
  const { config } = await readLayout(join(folder, 'layout'), 0);
  for (const [field, check] of Object.entries(record(expect['config']))) {
    const wrong = fieldDifference(config, field, record(check));
    if (wrong !== undefined) return fail(wrong);
  }
  return pass;
}

async function fileDifference(around: Surroundings, path: string, check: Json): Promise<string | undefined> {
  if (!(await isThere(path))) return 'is missing';
  if ('symlink' in check || (!('content' in check) && !('contains' in check) && !('notContains' in check)))
    return undefined;
  const content = await readFile(path, 'utf8');
  if (typeof check['content'] === 'string') {
    const wrong = difference(content, around.fill(check['content']), 'content');
    if (wrong !== undefined) return wrong;
  }
  const words = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : strings(value));
  const missing = words(check['contains']).find((each) => !content.includes(around.fill(each)));
  if (missing !== undefined) return `does not hold ${JSON.stringify(missing)}`;
  const unwanted = words(check['notContains']).find((each) => content.includes(around.fill(each)));
  return unwanted === undefined ? undefined : `holds ${JSON.stringify(unwanted)}`;
}

/** Fields as Go has them (`Config.Env`, `OS`), which in JSON begin with a small letter at the top. */
function fieldDifference(config: Json, field: string, check: Json): string | undefined {
  if (field === 'Created.Unix()')
    return difference(Date.parse(text(config['created'])) / 1000, check['equals'], field);
  const simple = /^(?:Config\.(\w+)|(OS|Architecture|Author))$/.exec(field);
  if (simple === null) return undefined;
  const value =
    simple[1] === undefined ? config[(simple[2] ?? '').toLowerCase()] : record(config['config'])[simple[1]];
  if ('equals' in check) return difference(value, check['equals'], field);
  if (Array.isArray(check['contains'])) {
    const have = strings(value);
    const missing = strings(check['contains']).find((each) => !have.includes(each));
    return missing === undefined ? undefined : `${field} has no ${missing}`;
  }
  if ('notEqual' in check && difference(value, check['notEqual']) === undefined)
    return `${field} is ${JSON.stringify(value)}`;
  return undefined;
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function* cases(json: unknown, settings: Settings): AsyncIterable<Case> {
  await using state = await tempDir(tmpdir(), 'conformance-state-');
  await using builder = new Builder(state.path, { ...settings, cache: 'local' });
  for (const builds of Map.groupBy(objects(record(json)['cases']), (one) => text(one['group'])).values()) {
    await using folder = await tempDir(tmpdir(), 'conformance-vector-');
    await using surroundings = new Surroundings();
    const group = { surroundings, folder: folder.path };
    for (const one of builds) {
      yield { id: text(one['id']), run: () => runCase(one, group, builder, settings) };
    }
  }
}

export const adapter: Adapter = {
  name: 'dockerfile-build-cases',
  recognises: (_, json) => isObject(json) && listOf(json['cases'], 'group', 'build', 'expect', 'needs'),
  cases,
};
