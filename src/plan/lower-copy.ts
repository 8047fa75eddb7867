import { posix } from 'node:path';
import { BuildError, toBuildError } from '../base/errors.ts';
import type { CopyInstruction } from '../dockerfile/ast.ts';
import { parseDigest } from '../image/digest.ts';
import { checkFileMode } from './file-mode.ts';
import { type GitReference, parseGitReference } from './git-reference.ts';
import type { CopyOp, CopySource, GitOp, HttpOp } from './graph.ts';
import { withoutCredentials } from './hidden-credentials.ts';
import { bodyOf } from './lower-run.ts';
import { stateOf } from './stage-node.ts';
import {
  addLayer,
  expand,
  expandBody,
  InputList,
  mainContext,
  parentName,
  type Step,
  shownInstruction,
  sourceName,
  stepName,
} from './step.ts';
import { resolveDestination } from './working-directory.ts';

/** Digits of a commit's whole name. */
const SHA1_LENGTH = 40;
const SHA256_LENGTH = 64;

/** The words of a COPY or ADD after expansion. */
interface Copy {
  readonly instruction: CopyInstruction;
  readonly keyword: 'COPY' | 'ADD';
  readonly sources: readonly string[];
  readonly destination: string;
  readonly chown: string;
  readonly chmod: string;
  readonly checksum: string;
  readonly inline: readonly { readonly name: string; readonly content: string }[];
}

export function lowerCopy(step: Step, instruction: CopyInstruction): void {
  const copy = readCopy(step, instruction);
  check(copy);
  const name = stepName(step, withoutCredentials(shownInstruction(step)));
  const inputs = new InputList();
  inputs.add(step.state.vertex, parentName(step));
  const sources: CopySource[] = copy.sources.map((source) => lowerSource(step, copy, source, inputs, name));
  for (const { name: file, content } of copy.inline) sources.push({ kind: 'inline', name: file, content });
  const op: CopyOp = {
    kind: 'copy',
    instruction: copy.keyword,
    sources,
    destination: resolveDestination(step.state.workdir, copy.destination, step.state.platform.os),
    link: instruction.link && copy.chmod === '',
    parents: instruction.parents,
    exclude: instruction.exclude.map(({ value }) => value),
    unpack: unpackOf(instruction),
    ...(copy.chown === '' ? {} : { chown: copy.chown }),
    ...(copy.chmod === '' ? {} : { chmod: copy.chmod }),
  };
  addLayer(step, historyText(copy), { op, inputs: inputs.ids, inputNames: inputs.names, name });
}

function readCopy(step: Step, instruction: CopyInstruction): Copy {
  const text = (value: { readonly value: string } | undefined): string =>
    value === undefined ? '' : expand(step, value.value);
  const sources = instruction.sources.map(({ value }) => expand(step, value));
  const destination = expand(step, instruction.destination.value);
  return {
    instruction,
    keyword: instruction.kind === 'copy' ? 'COPY' : 'ADD',
    sources,
    destination,
    chown: text(instruction.chown),
    chmod: text(instruction.chmod),
    checksum: text(instruction.checksum),
    inline: instruction.inlineSources.map(({ heredoc }) => {
      const body = bodyOf(heredoc);
      return { name: heredoc.name, content: heredoc.expand ? expandBody(step, body) : body };
    }),
  };
}

function unpackOf({ kind, unpack }: CopyInstruction): CopyOp['unpack'] {
  if (unpack !== undefined) return unpack ? 'always' : 'never';
  return kind === 'add' ? 'auto' : 'never';
}

function check({ chmod, checksum, sources }: Copy): void {
  if (chmod !== '') checkFileMode(chmod);
  if (checksum === '') return;
  const [source = '', second] = sources;
  if (second === undefined && (isHttp(source) || gitOf(source) !== undefined)) return;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_CHECKSUM',
    message: '--checksum is for one http or Git source',
  });
}

/** A Git reference, unless it is one of those that look like a local path. */
function gitOf(source: string): GitReference | undefined {
  const reference = parseGitReference(source);
  return reference?.looksLocal === true ? undefined : reference;
}

function isHttp(source: string): boolean {
  return /^https?:\/\//.test(source) && parseGitReference(source) === undefined;
}

function lowerSource(step: Step, copy: Copy, source: string, inputs: InputList, name: string): CopySource {
  const git = gitOf(source);
  if (git === undefined && !isHttp(source)) return lowerPath(step, copy, source, inputs);
  if (copy.keyword === 'COPY') {
    throw new BuildError({
      kind: 'user',
      code: 'REMOTE_COPY',
      message: `COPY cannot fetch ${withoutCredentials(source)}`,
      hint: 'ADD can.',
    });
  }
  const op = git === undefined ? httpOp(source, copy.checksum) : gitOp(git, copy);
  const vertex = step.context.graph.add({ op, inputs: [], inputNames: [], name, at: step.command.at });
  return { kind: 'remote', from: inputs.add(vertex, withoutCredentials(source)) };
}

function lowerPath(step: Step, copy: Copy, pattern: string, inputs: InputList): CopySource {
  const source = step.command.sources[0];
  if (source === undefined) {
    reportIgnored(step, copy, pattern);
    return { kind: 'path', from: inputs.add(mainContext(step), 'build context'), pattern };
  }
  const { vertex } = stateOf(source, step, 'copies');
  return { kind: 'path', from: inputs.add(vertex, sourceName(source)), pattern };
}

function reportIgnored(step: Step, copy: Copy, pattern: string): void {
  if (!step.context.isIgnored(pattern)) return;
  const text = `${copy.keyword} ${pattern} finds nothing: the ignore file leaves it out`;
  step.context.warnings.add('CopyIgnoredFile', text, step.command.at);
}

export function httpOp(url: string, checksum = '', filename = filenameOf(url)): HttpOp {
  return { kind: 'http', url, filename, ...(checksum === '' ? {} : { checksum: digest(checksum) }) };
}

function digest(text: string): string {
  try {
    return parseDigest(text);
  } catch (error) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_CHECKSUM',
      message: `--checksum: ${toBuildError(error).message}`,
      hint: toBuildError(error).hint,
    });
  }
}

/** Last part of the address's path; what would lead out of the destination is called as in BuildKit. */
function filenameOf(url: string): string {
  try {
    const base = posix.basename(decodeURIComponent(new URL(url).pathname));
    if (base === '..') return 'download';
    return base === '' || base === '.' ? '__unnamed__' : base;
  } catch {
    return '__unnamed__';
  }
}

function gitOp(reference: GitReference, { instruction, checksum }: Copy): GitOp {
  const { keepGitDir } = instruction;
  if (keepGitDir !== undefined && reference.keepGitDir !== undefined && keepGitDir !== reference.keepGitDir) {
    throw disagreement('--keep-git-dir');
  }
  if (checksum !== '' && reference.checksum !== undefined && checksum !== reference.checksum) {
    throw disagreement('--checksum');
  }
  const commit = checksum === '' ? reference.checksum : checksum;
  if (commit !== undefined && !/^[0-9a-f]{1,64}$/i.test(commit)) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_CHECKSUM',
      message: `"${commit}" is no checksum for a Git source`,
      hint: 'It is the hash of the commit in hexadecimal, or the beginning of it.',
    });
  }
  return gitSource({
    ...reference,
    keepGitDir: reference.keepGitDir ?? keepGitDir ?? false,
    ...(commit === undefined ? {} : { checksum: commit }),
  });
}

export function gitSource(reference: GitReference): GitOp {
  const { remote, subdir, checksum, mtime } = reference;
  const ref = refOf(reference);
  return {
    kind: 'git',
    url: reference.looksLocal ? `https://${remote}` : remote,
    keepGitDir: reference.keepGitDir ?? false,
    submodules: reference.submodules ?? true,
    ...(ref === undefined ? {} : { ref }),
    ...(subdir === undefined ? {} : { subdir }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(mtime === undefined ? {} : { mtime }),
    ...(reference.fetchByCommit === true ? { fetchByCommit: true } : {}),
  };
}

/** A commit says what to fetch where nothing else does, but servers know none by the beginning of its name. */
function refOf({ ref, checksum, fetchByCommit }: GitReference): string | undefined {
  if (checksum === undefined || (ref !== undefined && ref !== checksum)) return ref;
  const isWhole = checksum.length === SHA1_LENGTH || checksum.length === SHA256_LENGTH;
  return isWhole && fetchByCommit !== true ? checksum.toLowerCase() : undefined;
}

function disagreement(flag: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_GIT_REFERENCE',
    message: `${flag} and the address say different things`,
  });
}

/** As the history tells it: --from, --link and --exclude are not shown. */
function historyText(copy: Copy): string {
  const words = [
    copy.keyword,
    ...(copy.instruction.parents ? ['--parents'] : []),
    ...(copy.chown === '' ? [] : [`--chown=${copy.chown}`]),
    ...(copy.chmod === '' ? [] : [`--chmod=${copy.chmod}`]),
    ...copy.sources.map(withoutCredentials),
    ...copy.inline.map(({ name }) => `<<${name}`),
    copy.destination,
  ];
  return words.join(' ');
}
