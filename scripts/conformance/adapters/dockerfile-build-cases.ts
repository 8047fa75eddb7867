import { existsSync, readFileSync, statSync } from 'node:fs';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execOk } from '../../../src/base/exec.ts';
import { tempDir } from '../../../src/base/temp.ts';
import { type Adapter, type Case, fail, type Outcome, pass, type Settings, skip } from '../adapter.ts';
import { Builder } from '../builder.ts';
import { difference } from '../difference.ts';
import { isObject, type Json, listOf, objects, strings, text } from '../json-shape.ts';
import { readLayout } from '../layout-view.ts';
import { type Answer, bytesOf, NotKnown, type Served, serveFiles, writeContext } from '../written-context.ts';

const REGISTRY = '127.0.0.1:5000';
const LIBRARY = ['alpine', 'busybox'];
/** Facts of the client that decide nothing in a build. */
const IGNORED = ['vcs', 'local-sessionid', 'filename', 'dockerfilekey'];
/** Kinds of cases that need something which this builder has not, or which a checker cannot give. */
const NEEDS: readonly (readonly [string, (one: Json) => boolean])[] = [
  ['needs entitlements', (one) => 'entitlements' in one || 'daemon' in one],
  [
    'writes a cache in BuildKit’s own format',
    (one) => 'cacheExports' in one || 'cache-from' in record(one['attrs']),
  ],
  [
    'needs a Windows base image',
    (one) => /^windows\//.test(text(record(one['attrs'])['platform'])) && strings(one['images']).length > 0,
  ],
  ['a source policy', (one) => 'sourcePolicy' in one],
  ['a build without a Dockerfile of its own', (one) => typeof one['dockerfile'] !== 'string'],
  ['installs packages from the network', (one) => /\b(apk add|apt-get)\b/.test(text(one['dockerfile']))],
  ['checks BuildKit’s own structures only', (one) => onlyStructures(record(one['expect']))],
  ['an ssh agent, an upload or a store of the session', (one) => hasOther(record(one['session']), 'secrets')],
];

function onlyStructures(expect: Json): boolean {
  const known = ['files', 'absent', 'config', 'error', 'errorRegexp'];
  const structures = ['other', 'configOf', 'tar'];
  return (
    expect['success'] !== false &&
    structures.some((key) => key in expect) &&
    !known.some((key) => key in expect)
  );
}

function hasOther(object: Json, ...known: readonly string[]): boolean {
  return Object.keys(object).some((key) => !known.includes(key));
}

function record(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Opened servers and repositories of a case, and what stands for their placeholders. */
class Surroundings implements AsyncDisposable {
  readonly #values = new Map<string, string>([['{{registry}}', REGISTRY]]);
  readonly #served: Served[] = [];

  async open(one: Json, folder: string): Promise<void> {
    for (const [name, routes] of Object.entries(record(one['http']))) await this.#serve(name, record(routes));
    for (const [name, steps] of Object.entries(record(one['git'])))
      await this.#repository(name, steps, folder);
  }

  /** @throws NotKnown for a value that only the test itself could know */
  fill(words: string): string {
    let filled = words;
    for (const [name, value] of this.#values) filled = filled.replaceAll(name, value);
    filled = filled.replaceAll(/\{\{(commit:[^}|]+)\|(\d*):(\d*)\}\}/g, (all, name: string, from, to) => {
      const value = this.#values.get(`{{${name}}}`);
      return value === undefined ? all : value.slice(Number(from), to === '' ? undefined : Number(to));
    });
    if (/\{\{[^}]+\}\}/.test(filled)) throw new NotKnown('a value that the test computed');
    return filled;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#served) await each[Symbol.asyncDispose]();
  }

  async #serve(name: string, routes: Json): Promise<void> {
    const answers = new Map<string, Answer>();
    for (const [path, route] of Object.entries(routes)) {
      const { Content: content, Etag: etag } = record(route);
      answers.set(path, { body: await bytesOf({ spec: content, content }), etag: text(etag) });
    }
    const served = await serveFiles((path) => answers.get(path));
    this.#served.push(served);
    this.#values.set(name, served.address);
  }

  async #repository(name: string, steps: unknown, folder: string): Promise<void> {
    const at = join(folder, name.replaceAll(/\W/g, ''));
    await mkdir(at);
    for (const step of Array.isArray(steps) ? steps : []) {
      if (isObject(step)) await writeContext(at, record(step['files']));
      else
        await execOk(['sh', '-c', text(step)], {
          cwd: at,
          env: { ...process.env, HOME: at } as Record<string, string>,
        });
    }
    const served = await serveFiles((path) => {
      const file = join(at, path);
      return existsSync(file) && statSync(file).isFile() ? { body: readFileSync(file) } : undefined;
    });
    this.#served.push(served);
    this.#values.set(name, served.address);
    const label = name.replace(/^\{\{git:(.*)\}\}$/, '$1');
    const refs = await execOk(['git', 'for-each-ref', '--format=%(refname:short)'], { cwd: at });
    for (const ref of ['HEAD', ...refs.stdout.toString('utf8').split('\n')].filter((each) => each !== '')) {
      const { stdout } = await execOk(['git', 'rev-parse', `${ref}^{commit}`], { cwd: at });
      this.#values.set(`{{commit:${label}:${ref}}}`, stdout.toString('utf8').trim());
    }
  }
}

async function runCase(one: Json, builder: Builder): Promise<Outcome> {
  const reason = NEEDS.find(([, applies]) => applies(one))?.[0];
  if (reason !== undefined) return skip(reason);
  await using folder = await tempDir(tmpdir(), 'conformance-vector-');
  await using surroundings = new Surroundings();
  try {
    await surroundings.open(one, folder.path);
    return await buildCase(one, folder.path, surroundings, builder);
  } catch (error) {
    if (error instanceof NotKnown) return skip(error.message);
    throw error;
  }
}

async function buildCase(
  one: Json,
  folder: string,
  around: Surroundings,
  builder: Builder,
): Promise<Outcome> {
  const filled = record(JSON.parse(around.fill(JSON.stringify({ ...one, expect: {} }))));
  const attrs = record(filled['attrs']);
  const context = join(folder, 'context');
  await writeContext(context, record(filled['context']));
  for (const [name, entries] of Object.entries(record(filled['mounts'])))
    await writeContext(join(folder, 'mounts', name), record(entries));
  const elsewhere = record(filled['dockerfileDir']);
  const place = Object.keys(elsewhere).length === 0 ? context : join(folder, 'dockerfile');
  if (place !== context) await writeContext(place, elsewhere);
  const file = join(place, text(attrs['filename']) || 'Dockerfile');
  if ('context' in attrs) throw new NotKnown('a context from elsewhere');
  const flags = [...(await flagsOf(filled, attrs, folder)), ...outputs(folder)];
  const run = await builder.build([...flags, '-f', file, context], { HOME: folder });
  const expect = record(one['expect']);
  if (expect['success'] === false || 'error' in expect)
    return 'error' in run ? pass : fail('succeeded, should fail');
  if ('error' in run) return fail(`failed: ${run.error.message}`);
  const inLayout = objects(one['exports'])[0]?.['type'] === 'oci';
  return checked(around, expect, folder, inLayout ? 'layout' : 'out');
}

function outputs(folder: string): readonly string[] {
  return [
    '-o',
    `type=local,dest=${join(folder, 'out')}`,
    '-o',
    `type=oci,tar=false,dest=${join(folder, 'layout')}`,
  ];
}

async function flagsOf(one: Json, attrs: Json, folder: string): Promise<readonly string[]> {
  const flags: string[] = LIBRARY.flatMap((name) => [name, `${name}:latest`]).flatMap((name) =>
    `context:${name}` in attrs
      ? []
      : ['--build-context', `${name}=docker-image://${REGISTRY}/library/${name.split(':')[0]}:latest`],
  );
  for (const [key, value] of Object.entries(attrs)) flags.push(...flagsFor(key, text(value), folder));
  for (const exported of objects(one['exports'])) {
    const name = text(record(exported['attrs'])['name']);
    if (exported['type'] === 'image' && name.startsWith(REGISTRY)) flags.push('--push', '-t', name);
  }
  for (const [id, value] of Object.entries(record(record(one['session'])['secrets']))) {
    const file = join(folder, `secret-${id}`);
    await writeFile(file, text(value));
    flags.push('--secret', `id=${id},src=${file}`);
  }
  return flags;
}

function flagsFor(key: string, value: string, folder: string): readonly string[] {
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
      return contextFlag(name, value, folder);
    default:
      if (IGNORED.includes(kind)) return [];
      throw new NotKnown(`the frontend option ${kind}`);
  }
}

function contextFlag(name: string, value: string, folder: string): readonly string[] {
  const local = /^local:(.*)$/.exec(value)?.[1];
  if (local !== undefined) return ['--build-context', `${name}=${join(folder, 'mounts', local)}`];
  const image = /^docker-image:(?:\/\/)?(.*)$/.exec(value)?.[1];
  const library = /^docker\.io\/library\/(alpine|busybox):latest$/.exec(image ?? '')?.[1];
  if (library !== undefined)
    return ['--build-context', `${name}=docker-image://${REGISTRY}/library/${library}:latest`];
  if (image !== undefined) return ['--build-context', `${name}=docker-image://${image}`];
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
  await using builder = new Builder(state.path, { ...settings, cache: true });
  for (const one of objects(record(json)['cases'])) {
    yield { id: text(one['id']), run: () => runCase(one, builder) };
  }
}

export const adapter: Adapter = {
  name: 'dockerfile-build-cases',
  recognises: (_, json) => isObject(json) && listOf(json['cases'], 'group', 'build', 'expect', 'needs'),
  cases,
};
