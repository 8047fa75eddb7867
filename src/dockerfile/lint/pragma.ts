import type { Comment, Dockerfile } from '../ast.ts';

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

const PRAGMA = /^\s*hadolint\s+(?:(global|stage)\s+)?(ignore|shell)\s*=\s*(.*)$/i;
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

/** Reads `skip=A,B;error=true;experimental=C` (of a directive, a comment above an instruction, or a build argument). */
export function readCheckOptions(text: string): CheckOptions {
  const options: Record<string, readonly string[]> = {};
  // A reason may follow behind two slashes.
  const [settings = ''] = text.split(/\s\/\//);
  for (const field of settings.split(';')) {
    const [key = '', value = ''] = field.split('=');
    options[key.trim().toLowerCase()] = value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  const skip = options['skip'] ?? [];
  const experimental = options['experimental'] ?? [];
  return {
    skip,
    skipAll: skip.includes('all'),
    error: (options['error'] ?? []).some((value) => value === 'true' || value === '1'),
    experimental,
    experimentalAll: experimental.includes('all'),
  };
}
