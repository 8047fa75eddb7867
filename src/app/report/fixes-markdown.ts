/** What is told of fixes; as FixOffer of the action. */
export interface ToldFixes {
  readonly posted: number;
  readonly standing: number;
  readonly reason?: string;
  readonly patch?: string;
  readonly unsafe: number;
}

/** A longer patch is a file's rewriting, and would drop the summary (1 MiB) as a whole. Characters. */
const LONGEST_PATCH = 200_000;

/** How many fixes are suggestions, and the others as a patch to copy. */
export function fixesMarkdown({ posted, standing, reason, patch, unsafe }: ToldFixes): string {
  const lines = ['### Fixes', ''];
  if (posted + standing > 0) lines.push(suggestionsText(posted, standing), '');
  if (reason !== undefined)
    lines.push(
      `${posted + standing > 0 ? 'Not all' : 'None'} could be offered as suggestions: ${escaped(reason)}.`,
      '',
    );
  if (patch !== undefined && patch !== '') lines.push(...patchLines(patch), '');
  if (unsafe > 0)
    lines.push(
      `${unsafe === 1 ? 'One more fix wants' : `${unsafe} more fixes want`} a look first: \`ts-image-build lint --fix=unsafe\`.`,
      '',
    );
  return lines.join('\n');
}

/** The same in one line, for the log. */
export function fixesLine({ posted, standing, reason }: ToldFixes): string {
  const offered = posted + standing > 0 ? `Fixes: ${suggestionsText(posted, standing)}` : '';
  if (reason === undefined) return offered;
  const rest = `All safe fixes are in a patch: ${reason}.`;
  return offered === '' ? rest : `${offered} ${rest}`;
}

function suggestionsText(posted: number, standing: number): string {
  const told = [
    ...(posted === 0 ? [] : [`${counted(posted)} on the pull request`]),
    ...(standing === 0 ? [] : [`${counted(standing)} there already`]),
  ];
  return `${told.join(', ')}.`;
}

function counted(count: number): string {
  return count === 1 ? '1 suggestion' : `${count} suggestions`;
}

function patchLines(patch: string): readonly string[] {
  if (patch.length > LONGEST_PATCH)
    return ['The patch is too long to be shown; `ts-image-build lint --fix` makes it.'];
  // What is copied from a page has plain line ends.
  const command = patch.includes('\r\n') ? 'git apply --ignore-whitespace' : 'git apply';
  const longest = Math.max(2, ...(patch.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [
    `As a patch, for \`${command}\` in the folder of the checkout:`,
    '',
    `${fence}diff`,
    ...patch.replace(/\n$/, '').split('\n'),
    fence,
  ];
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}
