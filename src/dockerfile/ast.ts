import type { BuildError, SourceRange } from '../base/errors.ts';

/** A piece of text and where it stands in the file. Raw: not expanded, quotes still in, unless said otherwise. */
export interface Text {
  readonly value: string;
  readonly at: SourceRange;
}

/**
 * Text that was put together from pieces of the file (continuations joined, comment lines dropped, tabs of `<<-` cut), with the
 * way back: piece i covers text offsets from `pieces[i].text` up to the next piece's, and begins at file offset `pieces[i].source`.
 */
export interface MappedText {
  readonly value: string;
  readonly pieces: readonly { readonly text: number; readonly source: number }[];
}

/** Comment line(s). `text` is without the leading `#`. */
export interface Comment {
  readonly text: string;
  readonly at: SourceRange;
}

export interface Heredoc {
  /** The word after `<<`, quotes removed. */
  readonly name: string;
  /** False when any part of the word was quoted. */
  readonly expand: boolean;
  /** `<<-` */
  readonly chomp: boolean;
  /** File descriptor number before `<<`; 0 when none is written. */
  readonly fd: number;
  /** Raw body: line ends kept, leading tabs of `<<-` still there, terminator line not included. */
  readonly content: string;
  /** The marker on the instruction's line. */
  readonly at: SourceRange;
  /** The body, without the terminator line. */
  readonly body: SourceRange;
}

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** Quotes and escapes removed, not expanded; undefined for a bare `--name`. */
  readonly value: string | undefined;
  readonly at: SourceRange;
}

export interface InstructionBase {
  /** From the keyword to the end, heredoc bodies and their terminators included. */
  readonly at: SourceRange;
  /** As written, e.g. `RuN`. */
  readonly keyword: Text;
  readonly flags: readonly Flag[];
  /** All after the keyword and the flags, continuations joined: BuildKit's view of the line. */
  readonly args: MappedText;
  readonly heredocs: readonly Heredoc[];
  /** Comment block directly above (BuildKit's rules: blank lines do not separate, an empty `#` clears). */
  readonly comments: readonly Comment[];
}

/** Shell text or a JSON array. `form` is `shell` also for broken JSON, as in BuildKit. */
export type Command =
  | { readonly form: 'shell'; readonly text: string }
  | { readonly form: 'exec'; readonly argv: readonly string[] };

export interface FromInstruction extends InstructionBase {
  readonly kind: 'from';
  readonly image: Text;
  readonly platform?: Text;
  /** Lower-cased; `alias` is as written. */
  readonly stageName?: string;
  readonly alias?: Text;
  /** `AS` as written. */
  readonly asKeyword?: Text;
}

export interface RunInstruction extends InstructionBase {
  readonly kind: 'run';
  readonly command: Command;
  /** Raw values of --mount, in order; read by plan after expansion. */
  readonly mounts: readonly Text[];
  readonly network: 'default' | 'none' | 'host';
  readonly security: 'sandbox' | 'insecure';
  readonly devices: readonly Text[];
}

export interface CopyInstruction extends InstructionBase {
  readonly kind: 'copy' | 'add';
  /** Path and URL sources, in order, heredocs not included. */
  readonly sources: readonly Text[];
  /** Heredoc sources; the last body of a name wins. */
  readonly inlineSources: readonly { readonly heredoc: Heredoc }[];
  readonly destination: Text;
  readonly from?: Text;
  readonly chown?: Text;
  readonly chmod?: Text;
  readonly link: boolean;
  readonly parents: boolean;
  readonly exclude: readonly Text[];
  /** ADD only. */
  readonly checksum?: Text;
  /** ADD only. */
  readonly keepGitDir?: boolean;
  /** ADD only; undefined: by content. */
  readonly unpack?: boolean;
}

export interface KeyValue {
  readonly key: Text;
  readonly value: Text;
}

export interface EnvInstruction extends InstructionBase {
  readonly kind: 'env';
  readonly pairs: readonly KeyValue[];
  /** `ENV key value` */
  readonly legacy: boolean;
}

export interface LabelInstruction extends InstructionBase {
  readonly kind: 'label';
  readonly pairs: readonly KeyValue[];
  readonly legacy: boolean;
}

export interface ArgInstruction extends InstructionBase {
  readonly kind: 'arg';
  /** `value` is undefined for a bare `ARG NAME`. */
  readonly pairs: readonly { readonly key: Text; readonly value?: Text }[];
}

export interface CommandInstruction extends InstructionBase {
  readonly kind: 'cmd' | 'entrypoint';
  readonly command: Command;
}

export interface ShellInstruction extends InstructionBase {
  readonly kind: 'shell';
  readonly shell: readonly string[];
}

export interface WordInstruction extends InstructionBase {
  readonly kind: 'workdir' | 'user' | 'stopsignal' | 'maintainer';
  readonly word: Text;
}

export interface ListInstruction extends InstructionBase {
  readonly kind: 'expose' | 'volume';
  readonly words: readonly Text[];
}

/** Durations in nanoseconds, 0 for unset; `none` is `HEALTHCHECK NONE`. */
export interface HealthcheckInstruction extends InstructionBase {
  readonly kind: 'healthcheck';
  readonly none: boolean;
  readonly command?: Command;
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly kind: 'onbuild';
  /** The trigger's text as stored in the image config, heredoc bodies and terminators joined by newlines. */
  readonly expression: string;
  /** The trigger read as an instruction, for the linter; undefined when it cannot be read (it is not checked until triggered). */
  readonly trigger?: Instruction;
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CopyInstruction
  | EnvInstruction
  | LabelInstruction
  | ArgInstruction
  | CommandInstruction
  | ShellInstruction
  | WordInstruction
  | ListInstruction
  | HealthcheckInstruction
  | OnbuildInstruction;

export type InstructionKind = Instruction['kind'];

export interface Stage {
  /** Counts all stages from 0. */
  readonly index: number;
  /** Lower-cased name; undefined for an unnamed stage. */
  readonly name?: string;
  readonly from: FromInstruction;
  /** Without the FROM. */
  readonly instructions: readonly Instruction[];
}

export interface Directives {
  readonly syntax?: Text;
  readonly escape: '\\' | '`';
  readonly check?: Text;
}

export interface Dockerfile {
  /** As messages name it. */
  readonly path: string;
  readonly text: string;
  readonly directives: Directives;
  /** ARGs before the first FROM. */
  readonly globalArgs: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
  readonly comments: readonly Comment[];
}

/** Not an error, but BuildKit's parser tells it too. */
export interface ParseWarning {
  readonly rule: 'NoEmptyContinuation';
  readonly at: SourceRange;
}

/**
 * What could be read, and all that could not. `file` holds every readable instruction even when there are problems, so that the
 * linter can work on it; a build goes on only with an empty `problems`.
 */
export interface ParseResult {
  readonly file: Dockerfile;
  readonly problems: readonly BuildError[];
  readonly warnings: readonly ParseWarning[];
}
