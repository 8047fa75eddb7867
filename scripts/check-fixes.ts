// Tries the linter's fixes on Dockerfiles: `node scripts/check-fixes.ts FOLDER…` (files of any names but *.json and *.jsonl, at any depth).
// What has to hold is in fixes/fix-check.ts. Exit code 1 when something does not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixLevel } from '../src/dockerfile/lint/apply-fixes.ts';
import { checkFixes } from './fixes/fix-check.ts';

const files = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.jsonl?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
for (const level of ['safe', 'unsafe'] as const) tell(level);

function tell(level: FixLevel): void {
  const byRule = new Map<string, number>();
  let tried = 0;
  let changed = 0;
  let problems = 0;
  for (const file of files) {
    const result = checkFixes(readFileSync(file, 'utf8'), level);
    for (const [rule, count] of result.tried) byRule.set(rule, (byRule.get(rule) ?? 0) + count);
    for (const count of result.tried.values()) tried += count;
    if (result.changed) changed += 1;
    for (const problem of result.problems) console.log(`${file}: ${level}: ${problem}`);
    problems += result.problems.length;
  }
  const rules = [...byRule]
    .sort(([, one], [, other]) => other - one)
    .map(([rule, count]) => `${rule} ${count}`);
  console.log(
    `${level}: ${files.length} files, ${changed} changed, ${tried} fixes tried, ${problems} problems`,
  );
  console.log(`  ${rules.join(', ')}`);
  if (problems > 0) process.exitCode = 1;
}
