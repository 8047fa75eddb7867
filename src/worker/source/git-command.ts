import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { type ExecResult, exec } from '../../base/exec.ts';
import { basicAuthorization } from './basic-authorization.ts';

export interface GitAccess {
  readonly signal?: AbortSignal | undefined;
  /** What git and ssh may see besides PATH: HOME (for ssh), SSH_AUTH_SOCK, proxies. Default: nothing. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `Authorization` header for http(s); what the address itself says goes first. */
  readonly authorization?: string | undefined;
  /** Default: `git:http:https:ssh`, so neither local paths nor helpers that run programs. */
  readonly protocols?: string;
  /** Seconds without a byte until a web server is given up. Default 180. */
  readonly longestSilence?: number;
}

/** Of a commit's name, in hexadecimal digits. */
const SHA256_LENGTH = 64;
const DEFAULT_PROTOCOLS = 'git:http:https:ssh';
const SHALLOW = '--depth=1';
const FETCH = ['fetch', '--quiet', '--no-tags', '--force'];
const UPDATE_MODULES = ['submodule', '--quiet', 'update', '--init', '--recursive'];
const LONGEST_SILENCE = 180;
/** No questions; a server that is gone is noticed within 3 minutes, as one of the web is. */
const SSH = 'ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30 -o ServerAliveCountMax=6';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NOWHERE = '/nonexistent';

/**
 * Settings that make git do the same on every machine and nothing that the repository asks for: no hooks, no templates, no
 * conversion of line ends, no configuration of the user's or the system's.
 */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.autocrlf', 'false'],
  ['core.symlinks', 'true'],
  ['core.attributesFile', '/dev/null'],
  // Its lines hold the time, and the user and the host that fetched.
  ['core.logAllRefUpdates', 'false'],
  ['core.fsmonitor', 'false'],
  ['advice.detachedHead', 'false'],
  ['init.defaultBranch', 'main'],
  ['protocol.version', '2'],
  ['submodule.recurse', 'false'],
  ['gc.auto', '0'],
];

export interface RemoteRefs {
  /** By full name. */
  readonly ids: ReadonlyMap<string, string>;
  /** The branches that names such as HEAD stand for, where the server tells. */
  readonly branches: ReadonlyMap<string, string>;
}

/** The git program for one remote. Credentials are in no argument and in no file. */
export class GitCommand {
  /** For messages: without credentials. */
  readonly shownUrl: string;
  readonly #url: string;
  readonly #authorization: string | undefined;
  readonly #access: GitAccess;
  #environment: Promise<Readonly<Record<string, string>>> | undefined;
  readonly #signal: AbortSignal | undefined;

  constructor(url: string, access: GitAccess) {
    const { bare, authorization } = splitCredentials(url);
    this.#url = bare;
    this.shownUrl = bare;
    this.#signal = access.signal;
    this.#access = access;
    this.#authorization = authorization ?? access.authorization;
  }

  /**
   * The remote's refs of a name, full name to id; `NAME^{}` is what an annotated tag points at.
   * @throws BuildError `GIT_FAILED`
   */
  async listRemote(ref: string): Promise<RemoteRefs> {
    const { stdout } = await this.#run(['ls-remote', '--symref', '--', this.#url, ref, `${ref}^{}`]);
    const ids = new Map<string, string>();
    const branches = new Map<string, string>();
    for (const line of stdout.toString('utf8').split('\n')) {
      const [value, name] = line.split('\t');
      if (value === undefined || name === undefined) continue;
      const [, branch] = /^ref: (refs\/heads\/.+)$/.exec(value) ?? [];
      if (branch === undefined) ids.set(name, value);
      else branches.set(name, branch);
    }
    return { ids, branches };
  }

  /** @param commit its length tells the hash function of the repository (git-init(1), --object-format) */
  async init(folder: string, commit: string): Promise<void> {
    // Before 2.29 git knew no other than SHA-1, nor this option.
    const format = commit.length === SHA256_LENGTH ? ['--object-format=sha256'] : [];
    await this.#run(['init', '--quiet', '--template=', ...format, folder]);
    // Read by submodules with relative addresses, and by whoever gets the .git folder.
    await appendFile(
      join(folder, '.git', 'config'),
      `[remote "origin"]\n\turl = ${quoted(this.#url)}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`,
    );
  }

  /**
   * A ref keeps its name in the checkout: what `git describe` and others tell of a version comes from it.
   * @throws BuildError `GIT_FAILED`
   */
  async fetchRef(folder: string, ref: string): Promise<void> {
    const named = ref.startsWith('refs/') ? `+${ref}:${ref}` : ref;
    await this.#shallow([...FETCH, '--update-head-ok'], ['origin', named], folder);
  }

  /**
   * Servers that give no commit by its name are asked for everything.
   * @throws BuildError `GIT_FAILED`, `GIT_REF_NOT_FOUND`
   */
  async fetchCommit(folder: string, commit: string): Promise<void> {
    const { exitCode } = await this.#try([...FETCH, SHALLOW, 'origin', commit], folder);
    if (exitCode === 0) return;
    await this.#run(['fetch', '--quiet', '--tags', '--force', 'origin'], folder);
    const known = await this.#try(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], folder);
    if (known.exitCode === 0) return;
    throw new BuildError({
      kind: 'user',
      code: 'GIT_REF_NOT_FOUND',
      message: `repository does not contain ref ${commit}: ${this.shownUrl}`,
    });
  }

  /** Full name of the commit. */
  async checkOut(folder: string, revision: string): Promise<string> {
    await this.#run(['checkout', '--quiet', '--force', '--detach', revision], folder);
    const { stdout } = await this.#run(['rev-parse', 'HEAD'], folder);
    return stdout.toString('latin1').trim();
  }

  /**
   * What a checkout leaves in the index are times and inodes of this machine; without them the same commit gives the same files, and git
   * compares contents when it next looks.
   */
  async forgetFileTimes(folder: string): Promise<void> {
    await this.#run(['read-tree', 'HEAD'], folder);
  }

  /** The same for all submodules. */
  async forgetModuleTimes(folder: string): Promise<void> {
    await this.#run(['submodule', '--quiet', 'foreach', '--recursive', 'git read-tree HEAD'], folder);
  }

  async updateSubmodules(folder: string): Promise<void> {
    await this.#shallow(UPDATE_MODULES, [], folder);
  }

  /** Seconds since 1970. */
  async commitTime(folder: string): Promise<number> {
    const { stdout } = await this.#run(['show', '--no-patch', '--format=%ct', 'HEAD'], folder);
    return Number(stdout.toString('latin1').trim());
  }

  /** Without history; with it where the server is a plain web server, which gives all or nothing. */
  async #shallow(command: readonly string[], rest: readonly string[], folder: string): Promise<void> {
    const { exitCode, stderr } = await this.#try([...command, SHALLOW, ...rest], folder);
    if (exitCode === 0) return;
    const whole = /does not support shallow/.test(stderr);
    await this.#run([...command, ...(whole ? [] : [SHALLOW]), ...rest], folder);
  }

  async #run(args: readonly string[], folder?: string): Promise<ExecResult> {
    const result = await this.#try(args, folder);
    if (result.exitCode === 0) return result;
    const said = result.stderr.trim().split('\n').slice(-5).join('\n');
    throw new BuildError({
      kind: 'remote',
      code: 'GIT_FAILED',
      message: `git ${args[0]} of ${this.shownUrl} ended with exit code ${result.exitCode}: ${said}`,
      hint: hintFor(said),
    });
  }

  async #try(args: readonly string[], folder?: string): Promise<ExecResult> {
    this.#environment ??= this.#environmentOf();
    return exec(['git', ...args], {
      ...(folder === undefined ? {} : { cwd: folder }),
      env: await this.#environment,
      signal: this.#signal,
    });
  }

  async #environmentOf(): Promise<Readonly<Record<string, string>>> {
    const settings = settingsFor(this.#url, this.#authorization, this.#access);
    const environment = environmentFor(this.#access);
    const { stdout } = await exec(['git', 'version'], { env: environment, signal: this.#signal });
    if (!isOld(stdout.toString('latin1'))) return { ...environment, ...counted(settings) };
    // It knows no GIT_CONFIG_GLOBAL; ssh looks for its files in the home of the account.
    const nowhere = { HOME: NOWHERE, XDG_CONFIG_HOME: NOWHERE };
    return { ...environment, ...nowhere, GIT_CONFIG_PARAMETERS: listed(settings) };
  }
}

type Setting = readonly [string, string];

function settingsFor(url: string, authorization: string | undefined, access: GitAccess): readonly Setting[] {
  const silence = String(access.longestSilence ?? LONGEST_SILENCE);
  const settings: Setting[] = [...SETTINGS, ['http.lowSpeedLimit', '1'], ['http.lowSpeedTime', silence]];
  const origin = /^https?:\/\/[^/]+/.exec(url)?.[0];
  if (authorization !== undefined && origin !== undefined) {
    settings.push([`http.${origin}/.extraHeader`, `Authorization: ${authorization}`]);
  }
  return settings;
}

/** As git takes settings since 2.31 (git(1), GIT_CONFIG_COUNT). */
function counted(settings: readonly Setting[]): Readonly<Record<string, string>> {
  const configuration: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  for (const [i, [key, value]] of settings.entries()) {
    configuration[`GIT_CONFIG_KEY_${i}`] = key;
    configuration[`GIT_CONFIG_VALUE_${i}`] = value;
  }
  return configuration;
}

/** As git hands settings of its command line on to the programs that it starts: `key=value`, each quoted for the shell (git, quote.c). */
function listed(settings: readonly Setting[]): string {
  const quotedFor = (text: string): string => `'${text.replaceAll(/['!]/g, "'\\$&'")}'`;
  return settings.map(([key, value]) => quotedFor(`${key}=${value}`)).join(' ');
}

/** Older than GIT_CONFIG_COUNT (2.31) or GIT_CONFIG_GLOBAL (2.32)? What tells no version is taken for a new one. */
function isOld(version: string): boolean {
  const [, major, minor] = /version (\d+)\.(\d+)/.exec(version) ?? [];
  return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 32));
}

function environmentFor(access: GitAccess): Readonly<Record<string, string>> {
  return {
    PATH,
    LC_ALL: 'C.UTF-8',
    HOME: NOWHERE,
    ...access.environment,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    // Submodules are cloned, and no option of theirs says so.
    GIT_TEMPLATE_DIR: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'false',
    GIT_SSH_COMMAND: SSH,
    GIT_ALLOW_PROTOCOL: access.protocols ?? DEFAULT_PROTOCOLS,
  };
}

/** `https://user:token@host/` would show up in the list of processes. */
function splitCredentials(text: string): { bare: string; authorization?: string } {
  // Over ssh and git:// nobody asks for a password, and git would tell it in its errors.
  if (!/^https?:/.test(text)) return { bare: text.replace(/^([a-z]+:\/\/[^/:@]*):[^/]*@/i, '$1@') };
  const url = URL.parse(text);
  if (url === null || (url.username === '' && url.password === '')) return { bare: text };
  const authorization = basicAuthorization(url);
  url.username = '';
  url.password = '';
  return { bare: url.href, authorization };
}

/** A value for a git configuration file. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function hintFor(said: string): string | undefined {
  if (/could not read Username|Authentication failed|terminal prompts disabled/.test(said)) {
    return 'The repository is private or does not exist: give a token, or check the address.';
  }
  if (/Host key verification failed/.test(said)) return 'Add the host to ~/.ssh/known_hosts.';
  if (/Permission denied \(publickey/.test(said)) return 'Start an ssh-agent with the right key.';
  return undefined;
}
