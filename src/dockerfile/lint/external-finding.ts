import type { Diagnostic } from '../diagnostic.ts';

/** A finding of another program, told under the same configuration and the same comments as our own. */
export type ExternalFinding = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'at'>;
