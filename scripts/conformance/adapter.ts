import type { Rung } from '../../src/worker/worker.ts';

/** What became of one case. `what` and `reason` are one line each. */
export type Outcome =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly what: string }
  | { readonly kind: 'skip'; readonly reason: string };

export interface Case {
  readonly id: string;
  run(): Outcome | Promise<Outcome>;
}

/** What the command line says about all cases. */
export interface Settings {
  /** The rung of isolation for cases that build. */
  readonly isolation: 'auto' | Rung;
}

/**
 * Knows one format of vectors, or some kinds of cases in it; several adapters may share a file, their results are added up.
 * What a file is is told by the shape of its JSON; its name is no more than a hint. Things that are no JSON come as
 * - `{ archive: FOLDER, entries: string[] }`: an unpacked `.tar.zst`, entries relative to FOLDER
 * - `{ buildCases: { id, folder, json }[] }`: a folder of build cases; `json` is the text of its case.json, parsed
 */
export interface Adapter {
  readonly name: string;
  /** Cases that may run at the same time; 1 unless said. */
  readonly concurrency?: number;
  recognises(fileName: string, json: unknown): boolean;
  cases(json: unknown, settings: Settings): Iterable<Case> | AsyncIterable<Case>;
}

export interface BuildCase {
  readonly id: string;
  readonly folder: string;
  readonly json: unknown;
}

export const pass: Outcome = { kind: 'pass' };

export function fail(what: string): Outcome {
  return { kind: 'fail', what };
}

/** Skips are by kind of case, never by id. */
export function skip(reason: string): Outcome {
  return { kind: 'skip', reason };
}
