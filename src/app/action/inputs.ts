import { join, resolve } from 'node:path';
import { readAll } from '../../base/errors.ts';
import { FORMATS } from '../../dockerfile/lint/config.ts';
import type { NamedContextSource } from '../../engine/engine.ts';
import type { BuildOptions } from '../build-options.ts';
import { pairReports, type Report } from '../lint/reports.ts';
import { shellcheckMode } from '../lint/shellcheck.ts';
import { parseAnnotation } from '../options/annotations.ts';
import { cacheMounts } from '../options/cache-mounts.ts';
import { type CacheOptions, decideCaches, INLINE_IS_NOT_SIGNED, inlineIn } from '../options/cache-options.ts';
import { cacheScope } from '../options/cache-scope.ts';
import { parseCacheFrom, parseCacheTo } from '../options/cache-spec.ts';
import { compressionOf, compressionTypeOf, isolationOf, thresholdOf } from '../options/choices.ts';
import { contextToken } from '../options/context-token.ts';
import { type Login, parseLogin } from '../options/credentials.ts';
import { DOCKER_ONLY_INPUTS, parseCall, refuseDockerOnly } from '../options/docker-only.ts';
import { defaultJobs } from '../options/jobs.ts';
import { buildArgs, labels } from '../options/key-values.ts';
import { parseEntitlement, parseHost, parseNetwork, parseUlimit } from '../options/limits.ts';
import { parseList, parseRecords } from '../options/list.ts';
import { parseMirror } from '../options/mirrors.ts';
import { parseNamedContext } from '../options/named-contexts.ts';
import { checkPush, decideOutputs, isOnStdout } from '../options/outputs.ts';
import { parsePlatforms } from '../options/platforms.ts';
import { badInput, InputProblems } from '../options/problems.ts';
import { parseTag } from '../options/references.ts';
import { secretFromFile, secretFromText, secretFromVariable } from '../options/secrets.ts';
import { parseSize } from '../options/sizes.ts';
import { sourceDateEpoch } from '../options/source-date-epoch.ts';
import { parseSsh, sshAgents, sshSpecs } from '../options/ssh.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type SummaryStyle = 'full' | 'short' | 'off';

export interface ActionInputs {
  readonly build: BuildOptions;
  readonly summary: SummaryStyle;
  /** Files with the linter's findings. */
  readonly lintReports: readonly Report[];
  /** Offer the linter's fixes on the pull request. */
  readonly suggestFixes: boolean;
  /** Linted and not built. */
  readonly checksOnly: boolean;
  /** Nothing is linted or built. */
  readonly cleansUpOnly: boolean;
  /** For GitHub's API; empty: none. */
  readonly githubToken: string;
  /** The state folder is this job's alone and goes away with it. */
  readonly temporaryState: boolean;
}

/**
 * Reads every input. `getInput` is @actions/core's.
 * @throws BuildError `BAD_INPUT` with all that is wrong
 */
export function readInputs(getInput: (name: string) => string, environment: Environment): ActionInputs {
  const reader = new InputReader(getInput);
  const { problems } = reader;
  const stateDir = getInput('state-dir');
  const file = getInput('file');
  const target = getInput('target');
  const context = getInput('context') || '.';
  const shmSize = getInput('shm-size');
  const lintConfig = getInput('lint-config');
  const lintBaseline = getInput('lint-baseline');
  const scope = getInput('cache-scope') || cacheScope(environment, { context, file, target });
  const tags = reader.items('tags', parseTag);
  const mounts = reader.whole(
    'cache-mount-limit',
    (limit) => cacheMounts(reader.flag('cache-mounts', true), limit),
    undefined,
  );
  const outputs = readOutputs(reader, tags);
  const args = reader.whole('build-args', (text) => buildArgs(parseList(text, 'keep'), environment), {});
  const build: BuildOptions = {
    context,
    ...(file === '' ? {} : { file }),
    ...(target === '' ? {} : { target }),
    platforms: reader.whole('platforms', (text) => parsePlatforms(parseList(text, 'split')), []),
    buildArgs: args,
    labels: reader.whole('labels', (text) => labels(parseList(text, 'keep')), {}),
    namedContexts: Object.fromEntries(reader.lines('build-contexts', parseNamedContext)) as Record<
      string,
      NamedContextSource
    >,
    secrets: Object.fromEntries([
      ...reader.verbatim('secrets', secretFromText),
      ...reader.items('secret-envs', (item) => secretFromVariable(item, environment)),
      ...reader.lines('secret-files', secretFromFile),
    ]),
    ...readContextToken(reader, context, environment),
    ssh: reader.whole(
      'ssh',
      (text) => sshAgents(readAll(sshSpecs(parseList(text, 'keep')), (spec) => parseSsh(spec, environment))),
      {},
    ),
    addHosts: reader.items('add-hosts', parseHost),
    network: reader.whole('network', parseNetwork, 'default'),
    allow: reader.items('allow', parseEntitlement),
    ...(shmSize === '' ? {} : { shmSize: reader.whole('shm-size', parseSize, 0) }),
    ulimits: reader.lines('ulimit', parseUlimit),
    noCache: reader.flag('no-cache', false) || filters(reader.items('no-cache-filters', (item) => item)),
    tags,
    ...outputs,
    logins: reader.records('registries', parseLogin),
    mirrors: reader.items('registry-mirrors', parseMirror),
    ...readEpoch(reader, environment),
    lint: {
      enabled: reader.flag('lint', true),
      ...(getInput('lint-fail-on') === ''
        ? {}
        : { failOn: reader.whole('lint-fail-on', thresholdOf, 'warning') }),
      shellcheck: reader.whole('shellcheck', shellcheckMode, 'auto'),
      ignore: reader.items('lint-ignore', (item) => item),
      ...(lintConfig === '' ? {} : { config: lintConfig }),
      ...(lintBaseline === '' ? {} : { baseline: lintBaseline }),
    },
    cache: readCaches(reader, scope, outputs.compression, args),
    verifyReproducible: reader.flag('verify-reproducible', false),
    ...(mounts === undefined ? {} : { cacheMounts: mounts }),
    isolation: reader.whole('isolation', isolationOf, 'auto'),
    stateDir:
      stateDir === '' ? join(environment['RUNNER_TEMP'] ?? '/tmp', 'ts-image-build') : resolve(stateDir),
    jobs: defaultJobs(),
  };
  const summary = reader.choice('summary', ['full', 'short', 'off'], 'full');
  const lintReports = readReports(reader, build.lint.enabled);
  const suggestFixes = readFix(reader, build.lint.enabled);
  const cleansUpOnly = reader.flag('cache-cleanup', false);
  const checksOnly = reader.whole('call', (text) => readCall(text, build.lint.enabled), false);
  for (const name of DOCKER_ONLY_INPUTS)
    reader.whole(name, (text) => refuseDockerOnly(name, text), undefined);
  // Tags are looked up by every build; what is no boolean is still wrong.
  reader.flag('pull', false);
  problems.throwIfAny();
  return {
    build,
    summary,
    lintReports,
    suggestFixes,
    checksOnly,
    cleansUpOnly,
    githubToken: getInput('github-token'),
    temporaryState: stateDir === '',
  };
}

function readContextToken(
  reader: InputReader,
  context: string,
  environment: Environment,
): Pick<BuildOptions, 'contextToken'> {
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const token = contextToken(context, reader.text('github-token'), server);
  return token === undefined ? {} : { contextToken: token };
}

function readEpoch(reader: InputReader, environment: Environment): Pick<BuildOptions, 'sourceDateEpoch'> {
  const given = reader.whole('source-date-epoch', sourceDateEpoch, undefined);
  const epoch =
    given ??
    reader.problems.attempt('SOURCE_DATE_EPOCH', () =>
      sourceDateEpoch(environment['SOURCE_DATE_EPOCH'] ?? ''),
    );
  return epoch === undefined ? {} : { sourceDateEpoch: epoch };
}

function readCall(text: string, lints: boolean): boolean {
  const checks = parseCall(text) === 'check';
  if (checks && !lints) throw badInput('check only lints, and lint is false');
  return checks;
}

function readOutputs(
  reader: InputReader,
  tags: readonly string[],
): Pick<BuildOptions, 'outputs' | 'annotations' | 'compression'> {
  const annotations = reader.lines('annotations', parseAnnotation).flat();
  const type = reader.whole('compression', compressionTypeOf, undefined);
  const compression = reader.whole('compression-level', (level) => compressionOf(type, level), {
    type: 'gzip' as const,
  });
  const texts = reader
    .text('outputs')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wanted = {
    texts,
    push: reader.flag('push', false),
    load: reader.flag('load', false),
    tags,
    annotations,
    compression,
  };
  if (reader.text('tags').trim() === '') reader.whole('push', () => checkPush(wanted), undefined);
  return reader.whole('outputs', () => noneInTheLog(decideOutputs(wanted)), {
    outputs: [],
    annotations,
    compression,
  });
}

/** What strangers put into an image must not give the runner commands. */
function noneInTheLog<T extends Pick<BuildOptions, 'outputs'>>(decided: T): T {
  if (!decided.outputs.some(isOnStdout)) return decided;
  throw badInput(
    'standard output is the log of the job, which takes no image',
    'Write to a file: dest=FILE.',
  );
}

function readCaches(
  reader: InputReader,
  scope: string,
  compression: BuildOptions['compression'],
  args: BuildOptions['buildArgs'],
): CacheOptions {
  const surroundings = { scope, compression };
  const secret = reader.text('cache-key-secret');
  const to = [
    ...reader.lines('cache-to', (line) => parseCacheTo(line, surroundings)).flat(),
    ...inlineIn(args),
  ];
  if (secret !== '' && to.includes('inline')) {
    reader.problems.add('cache-key-secret', INLINE_IS_NOT_SIGNED);
  }
  const maxSize = reader.text('cache-max-size');
  return decideCaches({
    mode: reader.choice('cache-mode', ['max', 'min', 'read-only', 'off'], 'max'),
    automatic: reader.flag('cache', true) ? { type: 'gha', scope } : undefined,
    from: reader.lines('cache-from', (line) => parseCacheFrom(line, surroundings)).flat(),
    to,
    strict: reader.flag('cache-strict', false),
    secret: secret === '' ? undefined : secret,
    maxSize: maxSize === '' ? undefined : reader.whole('cache-max-size', parseSize, 0),
  });
}

function readReports(reader: InputReader, enabled: boolean): readonly Report[] {
  const outputs = reader.lines('lint-output', (path) => path);
  const formats = reader.items('lint-format', formatOf);
  return reader.whole('lint-output', () => {
    if (outputs.length > 0 && !enabled) throw badInput('nothing is linted, for lint is false');
    if (outputs.length < formats.length) throw badInput('each lint-format needs a file of its own');
    return outputs.length === 0 ? [] : pairReports(formats.length === 0 ? ['sarif'] : formats, outputs);
  }, []);
}

function readFix(reader: InputReader, enabled: boolean): boolean {
  const isWanted = reader.choice('lint-fix', ['none', 'suggest'], 'none') === 'suggest';
  return reader.whole(
    'lint-fix',
    () => {
      if (isWanted && !enabled) throw badInput('nothing is linted, for lint is false');
      return isWanted;
    },
    false,
  );
}

function formatOf(text: string): string {
  if (FORMATS.includes(text)) return text;
  throw badInput(`"${text}" is not one of ${FORMATS.join(', ')}`);
}

/** Values that must not be seen in the log: each secret and each password, and what a line-wise log would show of them. */
export function secretsToMask(build: BuildOptions): readonly string[] {
  const values = [
    ...Object.values(build.secrets).map((bytes) => Buffer.from(bytes).toString('utf8')),
    ...(build.cache.secret === undefined ? [] : [build.cache.secret]),
    ...build.logins.flatMap((login) => [login.password, basicAuth(login)]),
  ];
  const lines = values.flatMap((value) => [value, ...value.split(/\r?\n/)]);
  return [...new Set(lines.map((line) => line.trim()))].filter((line) => line.length > 2);
}

function basicAuth({ username, password }: Login): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}

function filters(stages: readonly string[]): readonly string[] | false {
  return stages.length > 0 && stages;
}

/** Reads single inputs and collects what is wrong with them. */
class InputReader {
  readonly problems = new InputProblems();
  readonly #getInput: (name: string) => string;

  constructor(getInput: (name: string) => string) {
    this.#getInput = getInput;
  }

  text(name: string): string {
    return this.#getInput(name);
  }

  whole<T>(name: string, read: (text: string) => T, otherwise: T): T {
    return this.problems.attempt(name, () => read(this.#getInput(name))) ?? otherwise;
  }

  /** One item a line; commas belong to the item. */
  lines<T>(name: string, read: (item: string) => T): readonly T[] {
    return this.#each(name, (text) => parseList(text, 'keep'), read);
  }

  /** Items separated by line ends or commas. */
  items<T>(name: string, read: (item: string) => T): readonly T[] {
    return this.#each(name, (text) => parseList(text, 'split'), read);
  }

  /** As lines, but blanks around a value are part of it. */
  verbatim<T>(name: string, read: (item: string) => T): readonly T[] {
    return this.#each(name, (text) => parseList(text, 'keep', false), read);
  }

  /** One item a line, its fields apart. */
  records<T>(name: string, read: (fields: readonly string[]) => T): readonly T[] {
    return this.#each(name, parseRecords, read);
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.whole(name, (text) => booleanOf(text, otherwise), otherwise);
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    return this.whole(
      name,
      (text) => {
        if (text === '') return otherwise;
        const choice = choices.find((each) => each === text);
        if (choice === undefined) throw badInput(`"${text}" is not one of ${choices.join(', ')}`);
        return choice;
      },
      otherwise,
    );
  }

  #each<I, T>(name: string, split: (text: string) => readonly I[], read: (item: I) => T): readonly T[] {
    return this.whole(name, split, []).flatMap(
      (item) => this.problems.attempt(name, () => [read(item)]) ?? [],
    );
  }
}

/** The YAML 1.2 core schema's booleans, as @actions/core reads them. */
function booleanOf(text: string, otherwise: boolean): boolean {
  if (text === '') return otherwise;
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  throw badInput(`"${text}" is not true or false`);
}
