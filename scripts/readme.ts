// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only tells whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

interface Described {
  readonly description: string;
  readonly default?: string;
}
interface ActionFile {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

const START = '<!-- inputs: made from action.yml by `npm run readme` -->';
const END = '<!-- /inputs -->';

export function withTables(readme: string, actionFile: string): string {
  const { inputs, outputs } = parse(actionFile) as ActionFile;
  const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
  const inputRows = Object.entries(inputs).map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${value === undefined ? '' : `\`${value}\``} | ${cell(description)} |`,
  );
  const outputRows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  const tables = [
    START,
    '## Inputs',
    '',
    'Lists are read as docker/build-push-action reads them: each line is a CSV record.',
    '',
    '| input | default | meaning |',
    '|---|---|---|',
    ...inputRows,
    '',
    '## Outputs',
    '',
    '| output | meaning |',
    '|---|---|',
    ...outputRows,
    END,
  ].join('\n');
  const from = readme.indexOf(START);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new TypeError('README.md has lost the marks around its tables');
  return readme.slice(0, from) + tables + readme.slice(to + END.length);
}

const root = new URL('..', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = readFileSync(path('README.md'), 'utf8');
  const after = withTables(before, readFileSync(path('action.yml'), 'utf8'));
  if (process.argv.includes('--check') && before !== after) {
    console.error('README.md is not up to date with action.yml: run "npm run readme"');
    process.exit(1);
  }
  writeFileSync(path('README.md'), after);
}
