// Measures the linter as a user starts it: `node scripts/bench-lint.ts [FOLDER]`. One file from process start to exit, and, with a folder
// of Dockerfiles (of any names, at any depth), 1,000 of them in one run. Needs dist/.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const ROUNDS = 7;
const MANY = 1000;

const folder = process.argv[2];
const work = mkdtempSync(join(tmpdir(), 'bench-lint-'));
try {
  const one = join(work, 'Dockerfile');
  writeFileSync(one, 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nUSER www\n');
  tell('one file', [one]);
  if (folder !== undefined) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .slice(0, MANY);
    tell(`${files.length} files`, files);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The quickest of some runs: the others tell what else the machine did. */
function tell(name: string, files: readonly string[]): void {
  const times = Array.from({ length: ROUNDS }, () => measure(files));
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `${name}: ${sorted[0]?.toFixed(0)} ms at best, ${sorted[ROUNDS >> 1]?.toFixed(0)} ms in the middle of ${ROUNDS} runs`,
  );
}

function measure(files: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [CLI, 'lint', '--no-fail', '--shellcheck', 'off', '-f', 'gnu', ...files],
    { maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new TypeError(`the linter ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
