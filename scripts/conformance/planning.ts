import { BuildErrors, toBuildError } from '../../src/base/errors.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import type { ImageConfig } from '../../src/image/types.ts';
import {
  imageRequestKey,
  type PlanOptions,
  type PlanResult,
  type ResolvedBase,
} from '../../src/plan/options.ts';
import { plan } from '../../src/plan/plan.ts';
import { fail, type Outcome, pass, skip } from './adapter.ts';
import { difference } from './difference.ts';
import { isObject, type Json, objects, text, variables } from './json-shape.ts';

/** Rules whose findings come out of planning; the others are the linter's. */
const PLANNED_RULES: ReadonlySet<string> = new Set([
  'UndefinedVar',
  'UndefinedArgInFrom',
  'InvalidDefaultArgInFrom',
  'WorkdirRelativePath',
  'JSONArgsRecommended',
  'RedundantTargetPlatform',
  'FromPlatformFlagConstDisallowed',
  'SecretsUsedInArgOrEnv',
  'ExposeInvalidFormat',
  'ExposeProtoCasing',
  'InvalidBaseImagePlatform',
]);

const HOST = parsePlatform('linux/amd64');
const DIGEST = `@sha256:${'0'.repeat(64)}`;

/** A Dockerfile to be lowered, as vectors tell it. */
export interface Lowering {
  readonly dockerfile: string;
  readonly buildArgs?: unknown;
  readonly labels?: unknown;
  readonly target?: string;
  readonly platform?: string;
  readonly allStages?: boolean;
}

export type Lowered =
  | { readonly kind: 'planned'; readonly result: Extract<PlanResult, { kind: 'graph' }> }
  | { readonly kind: 'failed'; readonly message: string; readonly lines: readonly number[] };

/** Parses and plans, with base images from a table of configs. */
export function lower(input: Lowering, baseImages: Json): Lowered {
  try {
    const { file, problems } = parseDockerfile(input.dockerfile, 'Dockerfile');
    if (problems.length > 0) throw new BuildErrors(problems);
    const resolved = new Map<string, ResolvedBase>();
    for (;;) {
      const result = plan(file, optionsOf(input), resolved);
      if (result.kind === 'graph') return { kind: 'planned', result };
      for (const request of result.images) {
        const config = baseImages[request.reference];
        const lines = request.at === undefined ? [] : [request.at.start.line];
        if (!isObject(config)) return { kind: 'failed', message: `no image ${request.reference}`, lines };
        resolved.set(imageRequestKey(request), baseOf(request.reference, config));
      }
    }
  } catch (error) {
    const failure = toBuildError(error);
    if (failure.kind === 'bug') throw failure;
    const errors = failure instanceof BuildErrors ? failure.errors : [failure];
    const lines = errors.flatMap(({ at }) => (at === undefined ? [] : [at.start.line]));
    return { kind: 'failed', message: failure.message, lines };
  }
}

function optionsOf(input: Lowering): PlanOptions {
  const { target, platform } = input;
  return {
    platforms: [platform === undefined ? HOST : parsePlatform(platform)],
    implicitPlatform: platform === undefined,
    buildPlatform: HOST,
    buildArgs: Object.fromEntries(variables(input.buildArgs)),
    labels: Object.fromEntries(variables(input.labels)),
    namedContexts: {},
    network: 'default',
    addHosts: [],
    noCache: false,
    ...(target === undefined ? {} : { target }),
    ...(input.allStages === true ? { allStages: true } : {}),
  };
}

function baseOf(reference: string, json: Json): ResolvedBase {
  const config = json as unknown as ImageConfig;
  return { reference: reference + DIGEST, config, layers: config.rootfs.diff_ids?.length ?? 0 };
}

/** Compares with `{ image, warnings, epoch }` or `{ error, errorLines }`. */
export function judge(input: Lowering, baseImages: Json, expected: Json): Outcome {
  const { dockerfile } = input;
  const lowered = lower(input, baseImages);
  const error = text(expected['error']);
  if (/^lint violation|check option/.test(error)) return skip("findings that fail a build are the linter's");
  if (error !== '') return judgeFailure(lowered, expected['errorLines'], error);
  if (lowered.kind === 'failed') return fail(`fails: ${lowered.message}`);
  const { graph, warnings } = lowered.result;
  const target = graph.targets[0];
  if (target === undefined) return fail('gives no image');
  const image = isObject(expected['image']) ? expected['image'] : {};
  const actual = {
    ...target.config,
    history: [...target.baseHistory, ...target.history.map(({ entry }) => entry)].map(plainEntry),
  };
  const wanted = { ...image, rootfs: undefined, history: objects(image['history']).map(plainEntry) };
  const epoch = expected['epoch'];
  const told = warnings.map(({ rule, at }) => ({ rule, line: at.start.line }));
  const found =
    difference(actual, wanted) ??
    difference(epochText(graph.sourceDateEpoch), epoch) ??
    (hasPragma(dockerfile) ? undefined : difference(findings(told), findings(objects(expected['warnings']))));
  return found === undefined ? pass : fail(found);
}

function judgeFailure(lowered: Lowered, expectedLines: unknown, error: string): Outcome {
  if (lowered.kind === 'planned') return fail(`does not fail: ${error}`);
  const [line] = Array.isArray(expectedLines) ? expectedLines : [];
  if (line === undefined || lowered.lines[0] === line) return pass;
  return fail(`fails on line ${lowered.lines.join(', ')}, expected ${line}: ${lowered.message}`);
}

function epochText(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Such comments choose among the findings, which is the linter's work. */
function hasPragma(dockerfile: string): boolean {
  return /^\s*#\s*check\s*=/im.test(dockerfile);
}

/** A history entry without time and signature: those are every builder's own. */
function plainEntry(entry: object): Json {
  const { created_by: createdBy, empty_layer: emptyLayer } = entry as {
    created_by?: string;
    empty_layer?: boolean;
  };
  return { created_by: createdBy?.replace(/ # buildkit$/, ''), empty_layer: emptyLayer };
}

function findings(list: readonly unknown[]): readonly string[] {
  return list
    .filter(isObject)
    .filter(({ rule }) => PLANNED_RULES.has(text(rule)))
    .map(({ rule, line }) => `${text(rule)} ${String(line)}`)
    .sort();
}
