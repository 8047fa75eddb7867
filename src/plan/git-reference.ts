import { BuildError } from '../base/errors.ts';

/** A Git repository as ADD and build contexts name it, with what the fragment and the query say. */
export interface GitReference {
  /** Address without fragment and query. */
  readonly remote: string;
  /** Last part of the address without `.git`. */
  readonly shortName: string;
  /** Branch, tag, `refs/…` or commit. */
  readonly ref?: string;
  readonly subdir?: string;
  /** Commit, perhaps shortened, that `ref` has to be. */
  readonly checksum?: string;
  readonly keepGitDir?: boolean;
  readonly submodules?: boolean;
  /** Times of the files: of the checkout, or of the commit. */
  readonly mtime?: 'checkout' | 'commit';
  /** Fetch `checksum` itself instead of looking `ref` up. */
  readonly fetchByCommit?: boolean;
  /** `github.com/owner/repo` without a scheme: Git as a build context, a local path in ADD. */
  readonly looksLocal: boolean;
}

type Draft = { -readonly [K in keyof GitReference]: GitReference[K] };

const SCHEME = /^([a-zA-Z0-9]+):\/\//;
const SCP = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/;
const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'ssh', 'git']);

/**
 * Reads `git://`, `ssh://`, `user@host:path`, an http(s) address whose path ends in `.git`, and `github.com/owner/repo`.
 * The fragment is `#ref:subdir`; the query knows ref, tag, branch, subdir, checksum (commit), keep-git-dir, submodules, mtime and
 * fetch-by-commit. Undefined: something else than Git.
 * @throws BuildError `BAD_GIT_REFERENCE` when it is Git, but says two different things or something unknown
 */
export function parseGitReference(text: string): GitReference | undefined {
  if (text.startsWith('./') || text.startsWith('../')) return undefined;
  const [beforeFragment, fragment] = cut(text, '#');
  const [address, query] = cut(beforeFragment, '?');
  const looksLocal = address.startsWith('github.com/');
  const remote = looksLocal ? address : readAddress(address);
  if (remote === undefined) return undefined;
  const draft: Draft = { remote, shortName: shortNameOf(remote), looksLocal };
  const [ref, subdir] = cut(decode(fragment ?? ''), ':');
  if (ref !== '') draft.ref = ref;
  if (subdir !== undefined && subdir !== '') draft.subdir = subdir;
  applyQuery(draft, readQuery(query ?? ''));
  return draft;
}

/** `remote#ref` or `remote#ref:subdir`: the reference in its shortest form. */
export function formatGitReference(reference: GitReference, withSubdir = true): string {
  const subdir = withSubdir ? (reference.subdir ?? '').replace(/^\/+/, '') : '';
  const fragment = (reference.ref ?? '') + (subdir === '' ? '' : `:${subdir}`);
  return fragment === '' ? reference.remote : `${reference.remote}#${fragment}`;
}

function readAddress(address: string): string | undefined {
  const scheme = SCHEME.exec(address)?.[1];
  if (scheme === undefined) return SCP.test(address) ? address : undefined;
  const name = scheme.toLowerCase();
  if (!SCHEMES.has(name)) return undefined;
  if (name.startsWith('http') && !/^[^/]*\/.*\.git$/.test(address.slice(scheme.length + 3))) return undefined;
  return name + address.slice(scheme.length);
}

function shortNameOf(remote: string): string {
  const last = remote.slice(remote.lastIndexOf('/') + 1);
  return last.endsWith('.git') ? last.slice(0, -4) : last;
}

function readQuery(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (values.has(name)) throw bad(`the query says "${name}" more than once`);
    values.set(name, value);
  }
  return values;
}

function applyQuery(draft: Draft, query: ReadonlyMap<string, string>): void {
  for (const [name, value] of query) {
    if (value === '' && !FLAGS.has(name) && KNOWN.has(name)) throw bad(`"${name}" has no value`);
    applyOption(draft, name, value);
  }
  const tag = qualified(query.get('tag'), 'refs/tags/');
  const branch = qualified(query.get('branch'), 'refs/heads/');
  if (tag !== undefined && branch !== undefined) throw bad('it names a branch and a tag');
  const named = tag ?? branch;
  if (named !== undefined) draft.ref = agreed('ref', draft.ref, named);
  if (draft.checksum !== undefined && draft.ref === undefined && draft.fetchByCommit !== true) {
    draft.ref = draft.checksum;
  }
}

const FLAGS: ReadonlySet<string> = new Set(['keep-git-dir', 'submodules', 'fetch-by-commit']);
const KNOWN: ReadonlySet<string> = new Set([
  ...FLAGS,
  'ref',
  'tag',
  'branch',
  'subdir',
  'checksum',
  'commit',
  'mtime',
]);

function applyOption(draft: Draft, name: string, value: string): void {
  switch (name) {
    case 'ref':
      draft.ref = agreed('ref', draft.ref, value);
      break;
    case 'subdir':
      draft.subdir = agreed('subdir', draft.subdir, value);
      break;
    case 'checksum':
    case 'commit':
      draft.checksum = agreed('checksum', draft.checksum, value);
      break;
    case 'keep-git-dir':
      draft.keepGitDir = readFlag(name, value);
      break;
    case 'submodules':
      draft.submodules = readFlag(name, value);
      break;
    case 'fetch-by-commit':
      if (readFlag(name, value)) draft.fetchByCommit = true;
      break;
    case 'mtime':
      draft.mtime = readMtime(value);
      break;
    case 'tag':
    case 'branch':
      break;
    default:
      throw bad(`"${name}" is not known in its query`);
  }
}

function agreed(name: string, before: string | undefined, value: string): string {
  if (before !== undefined && before !== value) {
    throw bad(`its ${name} is said to be "${before}" and "${value}"`);
  }
  return value;
}

function readFlag(name: string, value: string): boolean {
  if (value === '') return true;
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw bad(`"${value}" is neither true nor false for ${name}`);
}

function readMtime(value: string): 'checkout' | 'commit' {
  if (value === 'checkout' || value === 'commit') return value;
  throw bad(`mtime is "checkout" or "commit", not "${value}"`);
}

function qualified(name: string | undefined, prefix: string): string | undefined {
  return name === undefined || name.startsWith(prefix) ? name : prefix + name;
}

/** Text before and after the first separator; undefined when there is none. */
function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function bad(reason: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_GIT_REFERENCE',
    message: `The Git reference cannot be used: ${reason}`,
    hint: 'Write it as https://host/path.git#ref:subdir, or with ?ref=…&subdir=…',
  });
}
