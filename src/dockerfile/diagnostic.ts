import type { SourceRange } from '../base/errors.ts';

export type Severity = 'error' | 'warning' | 'info' | 'style';

export interface TextEdit {
  readonly at: SourceRange;
  readonly text: string;
}

/** A proposed correction. `safe`: the image stays the same or only gets what the rule asks for; `unsafe`: look before you take it. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
}

/** One finding of the linter. */
export interface Diagnostic {
  /** The rule's main id: hadolint's (DL3006), ShellCheck's (SC2086), BuildKit's name (UndefinedVar) or ours (TSIB1001). */
  readonly rule: string;
  /** Further ids that say the same thing. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly at: SourceRange;
  readonly fix?: Fix;
  /** Name among the findings of all files that stays when the instruction moves: see nameFindings. */
  readonly fingerprint: string;
  /** Address of the rule's page. */
  readonly url?: string;
}
