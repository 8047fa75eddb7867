/** Offsets into the script text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Unquoted characters, or one that a backslash protects (`escaped`). `text` is without the backslash. */
export interface LiteralPart extends Span {
  readonly kind: 'literal';
  readonly text: string;
  readonly escaped: boolean;
}

/** `'...'` or `$'...'`. */
export interface SinglePart extends Span {
  readonly kind: 'single';
  readonly text: string;
  readonly ansi: boolean;
}

/** `"..."` */
export interface DoublePart extends Span {
  readonly kind: 'double';
  readonly parts: readonly WordPart[];
}

/** `$x`, `${x}`, `${x:-word}`, `${#x}`, `${!x}`, `${x[i]}`. */
export interface ParameterPart extends Span {
  readonly kind: 'parameter';
  readonly name: string;
  readonly braces: boolean;
  /** `${#x}` */
  readonly length: boolean;
  /** `${!x}` */
  readonly indirect: boolean;
  /** Text between `[` and `]`. */
  readonly index?: string;
  /** `:-`, `%%`, `//`, `:` … without its word. */
  readonly operator?: string;
  /** What follows the operator. */
  readonly operand: readonly WordPart[];
}

/** `$(...)` or backticks. */
export interface CommandPart extends Span {
  readonly kind: 'command';
  readonly script: Script;
  readonly backticks: boolean;
}

/** `$((...))`: the expansions in it are its parts. */
export interface ArithmeticPart extends Span {
  readonly kind: 'arithmetic';
  readonly parts: readonly WordPart[];
}

/** `<(...)` or `>(...)`. */
export interface ProcessPart extends Span {
  readonly kind: 'process';
  readonly direction: '<' | '>';
  readonly script: Script;
}

export type WordPart =
  | LiteralPart
  | SinglePart
  | DoublePart
  | ParameterPart
  | CommandPart
  | ArithmeticPart
  | ProcessPart;

export interface Word extends Span {
  readonly parts: readonly WordPart[];
}

export interface Assignment extends Span {
  readonly name: string;
  readonly index?: string;
  /** `+=` */
  readonly append: boolean;
  readonly value?: Word;
  /** `a=(...)` */
  readonly elements?: readonly Word[];
}

export type RedirectOperator =
  | '<'
  | '>'
  | '>>'
  | '>|'
  | '<>'
  | '<&'
  | '>&'
  | '&>'
  | '&>>'
  | '<<'
  | '<<-'
  | '<<<';

export interface HeredocBody extends Span {
  /** The expansions and texts of an unquoted body; one literal for a quoted one. */
  readonly parts: readonly WordPart[];
}

export interface Redirect extends Span {
  /** What stands before the operator: a number or `{name}`. */
  readonly fd?: string;
  readonly operator: RedirectOperator;
  readonly target?: Word;
  /** Of `<<`: undefined when the text ends before the body. */
  readonly body?: HeredocBody;
}

interface CommandBase extends Span {
  readonly redirects: readonly Redirect[];
}

export interface SimpleCommand extends CommandBase {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
}

/** `( … )` or `{ … }` */
export interface GroupCommand extends CommandBase {
  readonly kind: 'group';
  readonly subshell: boolean;
  readonly body: Script;
}

export interface IfCommand extends CommandBase {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
  readonly otherwise?: Script;
}

export interface ForCommand extends CommandBase {
  readonly kind: 'for';
  readonly select: boolean;
  readonly variable: string;
  /** Undefined without `in`: loops over the arguments. */
  readonly words?: readonly Word[];
  readonly body: Script;
}

export interface ArithmeticForCommand extends CommandBase {
  readonly kind: 'for-arithmetic';
  readonly parts: readonly WordPart[];
  readonly body: Script;
}

export interface WhileCommand extends CommandBase {
  readonly kind: 'while';
  readonly until: boolean;
  readonly condition: Script;
  readonly body: Script;
}

export interface CaseCommand extends CommandBase {
  readonly kind: 'case';
  readonly word: Word;
  readonly items: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
}

export interface FunctionCommand extends CommandBase {
  readonly kind: 'function';
  readonly name: string;
  /** Declared with the word `function`. */
  readonly keyword: boolean;
  readonly body: ShellCommand;
}

/** `[[ … ]]` */
export interface TestCommand extends CommandBase {
  readonly kind: 'test';
  readonly words: readonly Word[];
}

/** `(( … ))` */
export interface ArithmeticCommand extends CommandBase {
  readonly kind: 'arithmetic';
  readonly parts: readonly WordPart[];
}

export type ShellCommand =
  | SimpleCommand
  | GroupCommand
  | IfCommand
  | ForCommand
  | ArithmeticForCommand
  | WhileCommand
  | CaseCommand
  | FunctionCommand
  | TestCommand
  | ArithmeticCommand;

export interface Pipeline extends Span {
  readonly negated: boolean;
  readonly timed: boolean;
  /** At least one. */
  readonly commands: readonly ShellCommand[];
}

/** A pipeline and what joins it to the next one. */
export interface Statement extends Span {
  readonly pipeline: Pipeline;
  readonly operator: '&&' | '||' | ';' | '&' | '\n' | '';
}

export interface Script extends Span {
  readonly statements: readonly Statement[];
}

export interface ShellProblem extends Span {
  readonly message: string;
}

export interface ParsedScript {
  readonly script: Script;
  /** Empty for a text that a shell would take. */
  readonly problems: readonly ShellProblem[];
}
