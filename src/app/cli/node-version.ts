/** Oldest Node that has all that is used, as package.json's `engines` says it (a test compares the two). */
export const OLDEST_NODE = '22.15';

/** What to tell on a Node that is too old, where errors would look like faults of ours. */
export function tooOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld ? `ts-image-build needs Node ${OLDEST_NODE} or newer; this is Node ${version}.\n` : undefined;
}
