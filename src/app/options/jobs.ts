import { availableParallelism } from 'node:os';

/** Most steps wait for a network, a disk or one another, and BuildKit has no limit at all; this one is for the machine's memory. */
const PER_PROCESSOR = 4;

/** Steps at the same time where nothing is said. */
export function defaultJobs(): number {
  return PER_PROCESSOR * availableParallelism();
}
