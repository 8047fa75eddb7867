import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** An annotation as the runner reads it from the log. */
export interface SeenAnnotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly place: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What a step left behind. */
export interface StepResult {
  readonly exitCode: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly SeenAnnotation[];
  readonly masks: readonly string[];
}

export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** Payload of the event that started the workflow; default: an empty one. */
  readonly event?: unknown;
  /** `github.token`; default: none. */
  readonly token?: string;
  /** Command line in front of node, e.g. `sudo -u somebody`. */
  readonly wrapper?: readonly string[];
  /** Where the bundles are; default: this checkout. */
  readonly dist?: string;
  /** The Node that runs them; default: the one that runs the tests. */
  readonly node?: string;
  /** Gets the step's process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Owner of the runner's files, for a wrapper that changes the user. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One job of a simulated runner: its own temporary folder, steps run as GitHub's runner runs them (INPUT_*, command files). */
export class ActionRunner implements Disposable {
  readonly temp: string;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'runner-'));
    this.temp = join(this.#folder, 'temp');
    mkdirSync(this.temp);
  }

  get folder(): string {
    return this.#folder;
  }

  /** The bundled action's main, with the defaults of action.yml. */
  main(options: StepOptions): Promise<StepResult> {
    return this.#run('main', options, {});
  }

  /** The post step, with the state that main saved. */
  post(options: StepOptions, state: Readonly<Record<string, string>>): Promise<StepResult> {
    return this.#run('post', options, state);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(
    entry: 'main' | 'post',
    options: StepOptions,
    state: Readonly<Record<string, string>>,
  ): Promise<StepResult> {
    const files = Object.fromEntries(
      ['output', 'state', 'env', 'path', 'summary', 'event'].map((name) => [
        name,
        join(this.#folder, `${name}-${entry}`),
      ]),
    ) as Record<'output' | 'state' | 'env' | 'path' | 'summary' | 'event', string>;
    for (const path of Object.values(files)) writeFileSync(path, '');
    writeFileSync(files.event, JSON.stringify(options.event ?? {}));
    // What main left belongs to whom it belongs.
    if (options.owner !== undefined)
      await chown(entry === 'main' ? ['-R', this.#folder] : Object.values(files), options.owner);
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.#folder,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: options.workspace,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKFLOW: 'ci',
      GITHUB_JOB: 'image',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: this.temp,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_OUTPUT: files.output,
      GITHUB_STATE: files.state,
      GITHUB_ENV: files.env,
      GITHUB_PATH: files.path,
      GITHUB_STEP_SUMMARY: files.summary,
      ...inputVariables(options.inputs ?? {}, options.token ?? ''),
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      ...options.env,
    };
    const { exitCode, log } = await spawnStep(entry, options, env);
    return {
      exitCode,
      log,
      outputs: readCommandFile(files.output),
      state: readCommandFile(files.state),
      summary: readFileSync(files.summary, 'utf8'),
      annotations: readAnnotations(log),
      masks: [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, value]) => unescapeData(value ?? '')),
    };
  }
}

async function chown(what: readonly string[], { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await new Promise((resolve) => spawn('chown', [`${uid}:${gid}`, ...what]).once('close', resolve));
}

function inputVariables(given: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const { inputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const all = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      given[name] ?? (input.default ?? '').replace('${{ github.token }}', token),
    ]),
  );
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replace(/ /g, '_').toUpperCase()}`, value]),
  );
}

async function spawnStep(
  entry: string,
  options: StepOptions,
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; log: string }> {
  const dist = options.dist ?? join(root, 'dist');
  const argv = [...(options.wrapper ?? []), options.node ?? process.execPath, join(dist, entry, 'index.js')];
  const [command = '', ...args] = argv;
  const child = spawn(command, args, { env, cwd: options.workspace, stdio: ['ignore', 'pipe', 'pipe'] });
  options.onStart?.(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  return { exitCode, log };
}

/** `name=value` lines and `name<<DELIMITER` blocks. */
function readCommandFile(path: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block === null) {
      const equals = line.indexOf('=');
      if (equals > 0) found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(block[2] ?? '', i + 1);
    found[block[1] ?? ''] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return found;
}

function readAnnotations(log: string): SeenAnnotation[] {
  return [...log.matchAll(/^::(error|warning|notice)( [^:]*(?::[^:]+)*?)?::(.*)$/gm)].map(
    ([, kind, properties, message]) => ({
      kind: kind as SeenAnnotation['kind'],
      place: Object.fromEntries(
        (properties ?? '')
          .trim()
          .split(',')
          .filter((property) => property !== '')
          .map((property) => {
            const equals = property.indexOf('=');
            return [property.slice(0, equals), unescapeData(property.slice(equals + 1))];
          }),
      ),
      message: unescapeData(message ?? ''),
    }),
  );
}

function unescapeData(text: string): string {
  return text
    .replace(/%0D/g, '\r')
    .replace(/%0A/g, '\n')
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%25/g, '%');
}
