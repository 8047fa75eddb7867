/**
 * What versions of BuildKit tell of the same step in other ways. A step has a name in each dialect, and none of them is a name of another step,
 * so it does not matter which version wrote a cache.
 */
export interface Dialect {
  /** Versions before 0.17, whose messages another generator made: indexes are told when they are 0 too, ids have another field. */
  readonly old: boolean;
  /** Secrets and sockets are told as if they came from the first input. */
  readonly outsideFirst: boolean;
  /** What SOURCE_DATE_EPOCH is told of. */
  readonly timed: 'nothing' | 'folders' | 'everything';
  /** What the paths are called that COPY --parents has to find; undefined: they do not count. */
  readonly requiredPaths?: 'required_paths' | 'requiredPaths';
}

/** Compared: 0.13.2 is the first, 0.25.2 the third. The others are what the sources between and after them make likely. */
export const DIALECTS: readonly Dialect[] = [
  { old: true, outsideFirst: true, timed: 'nothing' },
  { old: false, outsideFirst: true, timed: 'nothing' },
  { old: false, outsideFirst: false, timed: 'folders' },
  { old: false, outsideFirst: false, timed: 'nothing' },
  { old: false, outsideFirst: false, timed: 'everything' },
  { old: false, outsideFirst: false, timed: 'everything', requiredPaths: 'required_paths' },
  { old: false, outsideFirst: false, timed: 'everything', requiredPaths: 'requiredPaths' },
];

/** Fields of indexes that are told in any case. */
export function toldIndexes({ old }: Dialect): readonly string[] {
  return old ? ['input', 'output'] : [];
}
