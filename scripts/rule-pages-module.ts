import { readdirSync, readFileSync } from 'node:fs';

const PAGES = new URL('../docs/rules/', import.meta.url);

/** Text of src/dockerfile/lint/rule-pages.ts: the pages of docs/rules, so that reports and `--explain` have them at hand. */
export function rulePagesModule(): string {
  const entries = readdirSync(PAGES)
    .filter((name) => name !== 'README.md')
    .sort()
    .map((name) => `  ${name.replace('.md', '')}: ${JSON.stringify(bodyOf(name))},`);
  return `// Made by scripts/generate-rules.ts from docs/rules: do not edit.
// biome-ignore-all format: a line a page
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfile text

/** By rule: why, a bad and a good example, and the fix, as Markdown. */
export const RULE_PAGES: Readonly<Record<string, string>> = {
${entries.join('\n')}
};
`;
}

/** What the rule's record does not tell, and every page does not say in the same words. */
function bodyOf(name: string): string {
  const text = readFileSync(new URL(name, PAGES), 'utf8');
  const body = /^# .*\n\nSeverity: .*\n\n([\s\S]*?)\n\n## Configuration\n/.exec(text)?.[1];
  if (body === undefined) throw new TypeError(`docs/rules/${name} is not of the form of a rule's page`);
  return body;
}
