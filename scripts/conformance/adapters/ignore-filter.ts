import { PathPatterns, type PatternState } from '../../../src/engine/embedded/copy/path-patterns.ts';
export function ignoreFilter(text: string): (path: string, dir: boolean) => boolean | 'prune' {
  const lines = text
    .split('\n')
    .filter((l) => !l.startsWith('#'))
    .map((l) => l.trim().replace(/^(!?)\s*\/?/, '$1'));
  const p = new PathPatterns(lines);
  return (path) => {
    let s: PatternState | undefined;
    let c = false;
    let at = '';
    for (const part of path.split('/')) {
      at = at ? `${at}/${part}` : part;
      const r = p.test(at, s);
      s = r.state;
      c = r.covered;
    }
    return !c;
  };
}
