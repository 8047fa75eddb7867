import type { LintRule } from '../src/dockerfile/lint/rule.ts';
import { RULES } from '../src/dockerfile/lint/rules.ts';

/** The table of all rules for docs/rules/README.md, one line a rule. */
export function ruleTable(rules: readonly LintRule[] = RULES): string {
  const rows = rules
    .toSorted((one, other) => group(one) - group(other) || (one.id < other.id ? -1 : 1))
    .map(({ id, severity, title, twin }) => `| [${id}](${id}.md) | ${severity} | ${title} | ${twin ?? ''} |`);
  return `# Rules

Ids of the kind DL1234 are hadolint's, SC1234 ShellCheck's, names are those of BuildKit's checks, TSIB1234 are our own.
A rule that is off is switched on by giving it a severity. Rules told together appear as one finding with both ids.

| rule | severity | what it wants | told together with |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function group({ id }: LintRule): number {
  if (id.startsWith('DL')) return 0;
  if (id.startsWith('SC')) return 2;
  return id.startsWith('TSIB') ? 3 : 1;
}
