import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tempDir } from '../../../src/base/temp.ts';
import {
  type Adapter,
  type BuildCase,
  type Case,
  fail,
  type Outcome,
  pass,
  type Settings,
  skip,
} from '../adapter.ts';
import { Builder, type BuildOutcome } from '../builder.ts';
import { imageDifferences } from '../golden-image.ts';
import { isObject, type Json, objects, record, strings, text } from '../json-shape.ts';
import { readLayout } from '../layout-view.ts';

const REGISTRY = '127.0.0.1:5000';
const IMAGE = 'docker-image://';
const HTTP_PORT = 18_765;

/** The flags that a case's `args` stand for. */
function flagsOf(folder: string, args: Json, contexts: Json): string[] {
  const flags: string[] = [];
  for (const [name, value] of Object.entries(record(args['build_args']))) {
    flags.push('--build-arg', value === null ? name : `${name}=${text(value)}`);
  }
  for (const [name, value] of Object.entries(record(args['labels'])))
    flags.push('--label', `${name}=${text(value)}`);
  for (const [id, file] of Object.entries(record(args['secrets']))) {
    flags.push('--secret', `id=${id},src=${join(folder, text(file))}`);
  }
  for (const [name, value] of Object.entries(contexts)) {
    const place = text(value);
    flags.push('--build-context', `${name}=${place.includes('://') ? place : join(folder, place)}`);
  }
  for (const key of ['target', 'platform', 'network'] as const) {
    if (typeof args[key] === 'string') flags.push(`--${key}`, args[key]);
  }
  if (args['shm_size'] !== undefined) flags.push('--shm-size', String(args['shm_size']));
  for (const limit of strings(args['ulimits'])) flags.push('--ulimit', limit);
  for (const host of strings(args['add_hosts'])) flags.push('--add-host', host);
  return flags;
}

/** Serves the fixtures of a case, if it has any. */
async function serve(folder: string, fixtures: Json): Promise<AsyncDisposable> {
  if (Object.keys(fixtures).length === 0) return { [Symbol.asyncDispose]: () => Promise.resolve() };
  const files = new Map<string, Buffer>();
  for (const [path, file] of Object.entries(fixtures)) {
    files.set(path, await readFile(join(folder, text(file))));
  }
  const server = createServer((request, response) => {
    const found = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(found);
  });
  await listen(server);
  return { [Symbol.asyncDispose]: () => close(server) };
}

/** Another run may hold the port for the length of a case. */
async function listen(server: Server): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      server.listen(HTTP_PORT, '127.0.0.1');
      await once(server, 'listening');
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === 120) throw error;
      await setTimeout(500);
    }
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Where the images are that a case names: bases in the registry's library, those built for it under a name of their own. */
type Images = Map<string, string>;

function baseImages(json: Json): Images {
  const images: Images = new Map();
  for (const base of ['alpine', 'busybox', ...strings(json['bases'])]) {
    const name = base.includes(':') ? base : `${base}:latest`;
    if (base !== 'scratch') images.set(base, `${REGISTRY}/library/${name}`);
  }
  return images;
}

/**
 * Builds and pushes the images that a case is FROM, under the names that its rewritten Dockerfile has for them.
 * @returns what went wrong
 */
async function prebuild(
  folder: string,
  json: Json,
  images: Images,
  builder: Builder,
): Promise<string | undefined> {
  const dockerfile = await readFile(join(folder, 'Dockerfile.rewritten'), 'utf8');
  for (const [index, one] of objects(json['prebuild']).entries()) {
    const named = new RegExp(`${REGISTRY}/conformance/[^\\s,]+/${index}:[\\w.-]+`).exec(dockerfile)?.[0];
    const reference = named ?? `${REGISTRY}/conformance/${basename(folder).toLowerCase()}/${index}:latest`;
    const known = Object.fromEntries([...images].map(([name, at]) => [name, `${IMAGE}${at}`]));
    const flags = flagsOf(folder, record(one['args']), known);
    const file = join(folder, text(one['dockerfile']));
    const run = await builder.build(
      [...flags, '-f', file, '-t', reference, '--push', join(folder, text(one['context']))],
      {},
    );
    if ('error' in run) return `the image ${text(one['tag'])} it needs was not built: ${lastWords(run.said)}`;
    images.set(text(one['tag']), reference);
  }
  return undefined;
}

/** `--build-context` values with images where they are. */
function contextsOf(args: Json, golden: Json, images: Images, json: Json): Json {
  // Triggers of a base that was built for the case were not rewritten.
  const triggered =
    objects(json['prebuild']).length === 0
      ? {}
      : Object.fromEntries(
          strings(json['bases'])
            .filter((base) => base !== 'scratch')
            .map((base) => [base, `${IMAGE}${base}`]),
        );
  const contexts = { ...triggered, ...record(args['build_contexts']), ...record(golden['named_contexts']) };
  return Object.fromEntries(
    Object.entries(contexts).map(([name, value]) => {
      const image = text(value).startsWith(IMAGE) ? images.get(text(value).slice(IMAGE.length)) : undefined;
      return [name, image === undefined ? value : `${IMAGE}${image}`];
    }),
  );
}

/** The rewritten Dockerfile under its first name, with the ignore file that stands beside that. */
async function dockerfilePlace(
  folder: string,
  original: string,
): Promise<AsyncDisposable & { file: string }> {
  const place = await tempDir(tmpdir(), 'conformance-dockerfile-');
  const file = join(place.path, basename(original));
  await cp(join(folder, 'Dockerfile.rewritten'), file);
  const ignore = `${original}.dockerignore`;
  if (existsSync(ignore)) await cp(ignore, `${file}.dockerignore`);
  return { file, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

/** Cache mounts begin empty in each case. */
function ownCaches(folder: string): readonly string[] {
  return ['--build-arg', `BUILDKIT_CACHE_MOUNT_NS=${basename(folder)}`];
}

function environmentOf(env: Json): Record<string, string> {
  const variables: Record<string, string> = { HOME: process.env['HOME'] ?? tmpdir() };
  for (const [key, value] of Object.entries(env)) variables[key] = text(value);
  return variables;
}

/** Keeps what was built for a look from outside, if CONFORMANCE_KEEP names a folder. */
async function keepFor(folder: string, layout: string, run: BuildOutcome): Promise<void> {
  const keep = process.env['CONFORMANCE_KEEP'];
  if (keep === undefined || keep === '') return;
  const place = join(keep, basename(folder));
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  if ('error' in run) await writeFile(join(place, 'error.txt'), run.said);
  else await cp(layout, join(place, 'layout'), { recursive: true });
}

/** The error that a build ended with, else the end of what it said. */
function lastWords(said: string): string {
  const lines = said.trim().split('\n');
  const error = lines.findLastIndex((line) => line.startsWith('ERROR'));
  return (error === -1 ? lines.slice(-4) : lines.slice(error, error + 3)).join('\n');
}

/** Arguments as the reference run had them: its notes say what it put in the place of what only other builders know. */
function argsOf(json: Json, golden: Json): Json {
  const args = record(json['args']);
  for (const note of strings(golden['notes'])) {
    const [, name, network] = /^network (\S+) replaced by (\S+)$/.exec(note) ?? [];
    if (name !== undefined && args['network'] === name) return { ...args, network };
  }
  return args;
}

async function runCase({ folder, json: raw }: BuildCase, builder: Builder): Promise<Outcome> {
  const json = record(raw);
  const golden = record(JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')));
  const args = argsOf(json, golden);
  if (golden['result'] !== 'success' && golden['result'] !== 'error')
    return skip('there is no golden result');
  if (json['needs_network'] === true) return skip('needs the network');
  if ('squash' in args || 'other' in args) return skip('flags of other builders');
  const original = join(folder, text(json['dockerfile']));
  await using place = await dockerfilePlace(folder, original);
  const { file } = place;
  await using _server = await serve(folder, record(json['http_fixtures']));
  const images = baseImages(json);
  const missing = await prebuild(folder, json, images, builder);
  if (missing !== undefined) return fail(missing);
  await using out = await tempDir(tmpdir(), 'conformance-image-');
  const layout = join(out.path, 'layout');
  // An empty epoch of an output is none, which is what there is without it.
  const attributes = objects(json['exports'])
    .flatMap((one) => Object.entries(record(one['attrs'])))
    .filter(([key, value]) => key !== 'source-date-epoch' || value !== '');
  const output = [
    'type=oci',
    `dest=${layout}`,
    'tar=false',
    ...attributes.map(([key, value]) => `${key}=${text(value)}`),
  ];
  const flags = flagsOf(folder, args, contextsOf(args, golden, images, json));
  const context = join(folder, text(json['context']));
  const run = await builder.build(
    [...flags, ...ownCaches(folder), '-f', file, '-o', output.join(','), context],
    environmentOf(record(json['env'])),
  );
  await keepFor(folder, layout, run);
  if (golden['result'] === 'error') {
    return 'error' in run
      ? pass
      : fail(`succeeded; the reference fails: ${text(record(golden['error'])['message'])}`);
  }
  if ('error' in run) return fail(`failed: ${lastWords(run.said)}`);
  const base = record(golden['base']);
  const view = await readLayout(layout, strings(base['diff_ids']).length);
  const found = imageDifferences(golden, view);
  return found.length === 0
    ? pass
    : fail(found.slice(0, 3).join('; ') + (found.length > 3 ? ` (and ${found.length - 3} more)` : ''));
}

async function* cases(json: unknown, settings: Settings): AsyncIterable<Case> {
  if (!isObject(json) || !Array.isArray(json['buildCases'])) return;
  await using state = await tempDir(tmpdir(), 'conformance-state-');
  await using builder = new Builder(state.path, settings);
  for (const one of json['buildCases'] as BuildCase[]) {
    yield { id: one.id, run: () => runCase(one, builder) };
  }
}

export const adapter: Adapter = {
  name: 'build-cases',
  recognises: (_, json) => isObject(json) && Array.isArray(json['buildCases']),
  cases,
};
