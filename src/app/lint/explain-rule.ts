import { RULE_PAGES } from '../../dockerfile/lint/rule-pages.ts';
import { ruleUrl } from '../../dockerfile/lint/rule-url.ts';
import { RULES } from '../../dockerfile/lint/rules.ts';
import { didYouMean } from '../../dockerfile/suggest.ts';
import { badInput } from '../options/problems.ts';

/**
 * The page of a rule as Markdown: why, examples, the fix, and how to switch it off.
 * @throws BuildError `BAD_INPUT` for an id that no rule has
 */
export function explainRule(name: string): string {
  const id = Object.keys(RULE_PAGES).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
  const page = Object.hasOwn(RULE_PAGES, id) ? RULE_PAGES[id] : undefined;
  const url = ruleUrl(id);
  if (page === undefined) {
    const code = id.toUpperCase();
    if (/^SC\d{4}$/.test(code)) return `${code} is a finding of ShellCheck: ${ruleUrl(code)}\n`;
    const hint = didYouMean(name, Object.keys(RULE_PAGES));
    throw badInput(`--explain: there is no rule ${name}`, hint);
  }
  const rule = RULES.find((one) => one.id === id);
  const head = `# ${id}: ${rule?.title ?? 'A file that can be read'}\n\nSeverity: ${rule?.severity ?? 'error'}.`;
  return `${[head, page, ...(url === undefined ? [] : [`See ${url}`])].join('\n\n')}\n`;
}
