// Writes src/dockerfile/lint/rules.ts (the list of rules, as explicit imports), rule-pages.ts beside it (their pages) and
// docs/rules/README.md (their table).
// `--check` only tells whether they are up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rulePagesModule } from './rule-pages-module.ts';

const RULES = new URL('../src/dockerfile/lint/rules/', import.meta.url);
const LIST = new URL('../src/dockerfile/lint/rules.ts', import.meta.url);
const PAGES = new URL('../src/dockerfile/lint/rule-pages.ts', import.meta.url);
const TABLE = new URL('../docs/rules/README.md', import.meta.url);

const files = readdirSync(RULES)
  .filter((name) => name.endsWith('.ts'))
  .sort();
const rules = files.map((file) => {
  const name = /^export const (\w+)/m.exec(readFileSync(new URL(file, RULES), 'utf8'))?.[1];
  if (name === undefined) throw new TypeError(`${file} exports no rule`);
  return { file, name };
});

const list = `// Made by scripts/generate-rules.ts from the files of rules/: do not edit.
import type { LintRule } from './rule.ts';
${rules.map(({ file, name }) => `import { ${name} } from './rules/${file}';`).join('\n')}

export const RULES: readonly LintRule[] = [
${rules.map(({ name }) => `  ${name},`).join('\n')}
];
`;

function update(path: URL, text: string): boolean {
  let old = '';
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    // It is not there yet.
  }
  if (old === text) return true;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  return false;
}

const listIsCurrent = [update(LIST, list), update(PAGES, rulePagesModule())].every((current) => current);
const { ruleTable } = await import('./rule-table.ts');
const tableIsCurrent = update(TABLE, ruleTable());
if (process.argv.includes('--check') && !(listIsCurrent && tableIsCurrent)) {
  console.error('The list of rules is out of date: run node scripts/generate-rules.ts');
  process.exitCode = 1;
}
