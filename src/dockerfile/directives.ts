import { BuildError, type SourceRange } from '../base/errors.ts';
import type { Directives, Text } from './ast.ts';
import { skipBlanks } from './blank.ts';
import { rangeBetween, type Source } from './source.ts';

export type DirectiveName = 'syntax' | 'escape' | 'check';

interface Directive {
  readonly name: DirectiveName;
  readonly value: Text;
}

const NAMES: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);
/** Blanks here are Go's `\s`: ASCII only, no vertical tab. */
const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/d;

/**
 * Reads directives line by line until the first line that is none. A directive counts once; the second of a name is an error.
 */
export class DirectiveReader {
  private readonly source: Source;
  private readonly marker: string;
  private readonly seen = new Set<string>();
  done = false;

  constructor(source: Source, marker: '#' | '//' = '#') {
    this.source = source;
    this.marker = marker;
  }

  /**
   * `line` begins at file offset `start`. Undefined: no directive, and none after it.
   * @throws BuildError `DUPLICATE_DIRECTIVE`
   */
  read(line: string, start: number): Directive | undefined {
    if (this.done) return undefined;
    const directive = this.match(line, start);
    if (directive === undefined) {
      this.done = true;
      return undefined;
    }
    if (this.seen.has(directive.name)) {
      throw new BuildError({
        kind: 'user',
        code: 'DUPLICATE_DIRECTIVE',
        message: `The parser directive ${directive.name} is given twice`,
        hint: 'keep one of them',
        at: rangeBetween(this.source, start, start + line.length),
      });
    }
    this.seen.add(directive.name);
    return directive;
  }

  private match(line: string, start: number): Directive | undefined {
    if (!line.startsWith(this.marker)) return undefined;
    const from = skipBlanks(line, this.marker.length);
    const match = DIRECTIVE.exec(line.slice(from));
    const name = match?.[1]?.toLowerCase() ?? '';
    if (!NAMES.has(name)) return undefined;
    const [valueStart = 0, valueEnd = 0] = match?.indices?.[2] ?? [];
    const offset = start + from;
    return {
      name: name as DirectiveName,
      value: {
        value: match?.[2] ?? '',
        at: rangeBetween(this.source, offset + valueStart, offset + valueEnd),
      },
    };
  }
}

/**
 * The escape character that a directive names.
 * @throws BuildError `BAD_ESCAPE_DIRECTIVE` for anything but one backslash or one backtick
 */
export function escapeOf(value: Text): '\\' | '`' {
  if (value.value === '\\' || value.value === '`') return value.value;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_ESCAPE_DIRECTIVE',
    message: `The escape directive takes a backslash or a backtick, not ${JSON.stringify(value.value)}`,
    hint: 'write `# escape=\\` or "# escape=`" with nothing behind it',
    at: value.at,
  });
}

/** File offset of the text proper: behind a byte-order mark. */
export function textStart(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

/**
 * Looks a directive up the way BuildKit scans for `syntax` and `check` before it parses: a first line `#!…` is passed over, and no
 * blank may stand before the marker. The value is all that follows the equals sign.
 */
export function scanDirective(
  source: Source,
  name: DirectiveName,
  marker: '#' | '//' = '#',
): Text | undefined {
  const { text } = source;
  const reader = new DirectiveReader(source, marker);
  let start = textStart(text);
  if (text.startsWith('#!', start)) start = lineEnd(text, start) + 1;
  while (start < text.length && !reader.done) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end).replace(/\r$/, '');
    const directive = readOrStop(reader, line, start);
    if (directive?.name === name) return directive.value;
    start = end + 1;
  }
  return undefined;
}

function readOrStop(reader: DirectiveReader, line: string, start: number): Directive | undefined {
  try {
    return reader.read(line, start);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    reader.done = true;
    return undefined;
  }
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/**
 * Which frontend a file asks for: `# syntax=`, `// syntax=`, or the key `syntax` of a file that is one JSON object.
 */
export function detectSyntax(source: Source): Text | undefined {
  return scanDirective(source, 'syntax') ?? scanDirective(source, 'syntax', '//') ?? jsonSyntax(source);
}

function jsonSyntax(source: Source): Text | undefined {
  const { text } = source;
  let start = textStart(text);
  if (text.startsWith('#!', start)) start = lineEnd(text, start) + 1;
  if (!/^[\t\n\r ]*\{/.test(text.slice(start, start + 1000))) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(start));
    const syntax =
      typeof value === 'object' && value !== null && 'syntax' in value ? value.syntax : undefined;
    if (typeof syntax !== 'string') return undefined;
    return { value: syntax, at: rangeBetween(source, start, lineEnd(text, start)) };
  } catch {
    return undefined;
  }
}

/** The frontend's image: the value up to the first space. */
export function syntaxReference(syntax: Text): string {
  return syntax.value.split(' ', 1)[0] ?? '';
}

/** Names under which the stable Dockerfile frontend is published; what we read is that language. */
const FRONTEND =
  /^(?:docker\.io\/|index\.docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::(?:1(?:[.-][\w.-]*)?|latest|labs|experimental|master[\w.-]*))?(?:@sha256:[0-9a-f]{64})?$/;

/**
 * Refuses a file that is written for another frontend than docker/dockerfile:1, which this engine stands in for.
 * @throws BuildError `UNSUPPORTED_SYNTAX`
 */
export function checkSyntax(directives: Directives): void {
  const { syntax } = directives;
  if (syntax === undefined) return;
  const reference = syntaxReference(syntax);
  if (reference === 'dockerfile.v0' || FRONTEND.test(reference)) return;
  throw new BuildError({
    kind: 'user',
    code: 'UNSUPPORTED_SYNTAX',
    message: `This file asks for the frontend ${reference}, which is a program of its own and is not run here`,
    hint: 'the built-in frontend reads what docker/dockerfile:1 reads; remove the syntax line, or build with engine=buildkit',
    at: syntax.at,
  });
}

/** `# check=…` taken apart. `all` stands for every rule. */
export interface CheckOptions {
  readonly skip: readonly string[] | 'all';
  readonly experimental: readonly string[] | 'all';
  readonly error: boolean;
}

/**
 * Reads `skip=A,B;experimental=all;error=true`; only what stands before the first space counts.
 * @throws BuildError `BAD_CHECK_DIRECTIVE`
 */
export function readCheckOptions(check: Text): CheckOptions {
  return optionsIn(check.value.split(' ', 1)[0] ?? '', (why) =>
    badCheck(`The check directive cannot be read: ${why}`, check.at),
  );
}

/** A build argument that takes the place of the check directive. */
export const CHECK_ARGUMENT = 'BUILDKIT_DOCKERFILE_CHECK';

/**
 * The value of `CHECK_ARGUMENT`: as a directive, but read to its end.
 * @throws BuildError `BAD_CHECK_DIRECTIVE`
 */
export function readCheckArgument(value: string): CheckOptions {
  return optionsIn(value, (why) => badCheck(`The build argument ${CHECK_ARGUMENT} cannot be read: ${why}`));
}

function optionsIn(text: string, bad: (why: string) => BuildError): CheckOptions {
  let skip: readonly string[] | 'all' = [];
  let experimental: readonly string[] | 'all' = [];
  let error = false;
  for (const part of text === '' ? [] : text.split(';')) {
    const equals = part.indexOf('=');
    if (equals === -1) throw bad(`${JSON.stringify(part)} has no value`);
    const key = part.slice(0, equals);
    const value = part.slice(equals + 1).trim();
    if (key.trim() === 'skip') skip = ruleList(value, skip);
    else if (key.trim() === 'experimental') experimental = ruleList(value, experimental);
    else if (key.trim() === 'error') error = checkError(value, bad);
    else throw bad(`${JSON.stringify(key)} is not known`);
  }
  return { skip, experimental, error };
}

/** A later list replaces an earlier one, unless that named all of them. */
function ruleList(value: string, earlier: readonly string[] | 'all'): readonly string[] | 'all' {
  return earlier === 'all' || value === 'all' ? 'all' : value.split(',').map((name) => name.trim());
}

function checkError(value: string, bad: (why: string) => BuildError): boolean {
  if (/^(?:1|t|true|T|True|TRUE)$/.test(value)) return true;
  if (/^(?:0|f|false|F|False|FALSE)$/.test(value)) return false;
  throw bad(`error must be true or false, not ${JSON.stringify(value)}`);
}

function badCheck(message: string, at?: SourceRange): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_CHECK_DIRECTIVE',
    message,
    hint: 'its options are skip=RULE,… experimental=RULE,… and error=true|false, separated by ;',
    at,
  });
}
