// Fails when the committed dist/ is not what the sources give: what runs in a workflow is what was reviewed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

function digests(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return new Map(
    files.map((file): [string, string] => {
      const path = join(file.parentPath, file.name);
      return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

const before = digests(dist);
execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const after = digests(dist);
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
);
if (changed.length > 0) {
  console.error(
    `dist/ was not built from these sources:\n${changed.map((path) => `  dist/${path}`).join('\n')}\nRun "npm run build" and commit the result.`,
  );
  process.exit(1);
}
console.log(`dist/ is up to date (${after.size} files)`);
