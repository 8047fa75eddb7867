/** The last part of a path, whichever slash it is written with. */
export function basename(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
