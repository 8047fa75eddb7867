import { BuildError } from '../../base/errors.ts';
import type { Comment, Dockerfile } from '../ast.ts';
import {
  type CheckOptions as DirectiveOptions,
  readCheckArgument,
  readCheckOptions as readCheckDirective,
} from '../directives.ts';

/** A comment that steers the linter. */
export interface Pragma {
  readonly kind: 'ignore' | 'stage' | 'global' | 'shell';
  /** Rule ids, or the shell's name alone. */
  readonly values: readonly string[];
  readonly comment: Comment;
  /** Line of the comment; from 1. */
  readonly line: number;
}

export interface CheckOptions {
  readonly skip: readonly string[];
  readonly skipAll: boolean;
  readonly error: boolean;
  readonly experimental: readonly string[];
  readonly experimentalAll: boolean;
}

export interface Pragmas {
  readonly all: readonly Pragma[];
  /** The `# check=` line at the head of the file. */
  readonly check: CheckOptions;
}

const PRAGMA = /^\s*hadolint\s+(?:(global|stage)\s+)?(ignore|shell)\s*=\s*(.*)$/is;
/** hadolint's codes, and names like BuildKit's. A reason may follow behind anything that is no part of a list. */
const IDS = /^[A-Za-z][A-Za-z0-9]*(?:\s*,\s*[A-Za-z][A-Za-z0-9]*)*/;

export function readPragmas(file: Dockerfile): Pragmas {
  const all = file.comments.flatMap(readLines);
  return { all, check: readCheckOptions(file.directives.check?.value ?? '') };
}

/** A comment may hold several lines. */
function readLines(comment: Comment): readonly Pragma[] {
  return comment.text.split('\n').flatMap((text, index) => {
    const pragma = readPragma(text.replace(/^\s*#/, ''), comment, comment.at.start.line + index);
    return pragma === undefined ? [] : [pragma];
  });
}

function readPragma(text: string, comment: Comment, line: number): Pragma | undefined {
  const match = PRAGMA.exec(text);
  if (match === null) return undefined;
  const [, scope = '', word = '', rest = ''] = match;
  if (word.toLowerCase() === 'shell') {
    const name = /^\S+/.exec(rest)?.[0];
    return name === undefined || scope !== '' ? undefined : { kind: 'shell', values: [name], comment, line };
  }
  const ids = IDS.exec(rest)?.[0];
  if (ids === undefined) return undefined;
  const kind = scope === '' ? 'ignore' : (scope.toLowerCase() as 'stage' | 'global');
  return { kind, values: ids.split(',').map((id) => id.trim()), comment, line };
}

/**
 * Reads `skip=A,B;error=true;experimental=C` of a directive or a comment above an instruction. What cannot be read says
 * nothing: the parser tells it of the directive.
 */
export function readCheckOptions(text: string): CheckOptions {
  const start = { line: 1, column: 1, offset: 0 };
  return readOrNothing(() => readCheckDirective({ value: text, at: { file: '', start, end: start } }));
}

/** Of the build argument. What cannot be read says nothing here: it is refused with the other bad input. */
export function checkOptionsOfArgument(text: string): CheckOptions {
  return readOrNothing(() => readCheckArgument(text));
}

function readOrNothing(read: () => DirectiveOptions): CheckOptions {
  const { skip, experimental, error } = orNothing(read);
  return {
    skip: skip === 'all' ? [] : skip,
    skipAll: skip === 'all',
    error,
    experimental: experimental === 'all' ? [] : experimental,
    experimentalAll: experimental === 'all',
  };
}

function orNothing(read: () => DirectiveOptions): DirectiveOptions {
  try {
    return read();
  } catch (problem) {
    if (!(problem instanceof BuildError)) throw problem;
    return { skip: [], experimental: [], error: false };
  }
}
