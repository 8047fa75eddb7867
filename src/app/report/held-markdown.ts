import { formatSize } from '../options/sizes.ts';

/** What is told of the Actions cache after a clean-up; as HeldEntries of the action. */
export interface ToldEntries {
  readonly scopes: readonly { readonly ref: string; readonly count: number; readonly size: number }[];
  readonly deleted: { readonly count: number; readonly size: number };
}

const MOST_ROWS = 30;

/** Entries and bytes of each scope, and what was deleted. */
export function heldMarkdown(told: ToldEntries): string {
  const shown = told.scopes.slice(0, MOST_ROWS);
  const rest = told.scopes.slice(MOST_ROWS);
  const rows = [
    ...shown.map(({ ref, count, size }) => row(`\`${ref.replace(/[`|\n]/g, '')}\``, count, size)),
    ...(rest.length === 0 ? [] : [row(`${rest.length} more`, total(rest, 'count'), total(rest, 'size'))]),
  ];
  const table = rows.length === 0 ? [] : ['| scope | entries | size |', '| --- | --- | --- |', ...rows, ''];
  return ['### Actions cache', '', `${heldLine(told)}.`, '', ...table].join('\n');
}

/** The same in one line, for the log. */
export function heldLine({ scopes, deleted }: ToldEntries): string {
  const held = `ts-image-build holds ${entries(total(scopes, 'count'))} (${formatSize(total(scopes, 'size'))}) in the Actions cache`;
  return deleted.count === 0
    ? held
    : `${held}; deleted ${entries(deleted.count)} (${formatSize(deleted.size)})`;
}

function row(name: string, count: number, size: number): string {
  return `| ${name} | ${count} | ${formatSize(size)} |`;
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

function total(scopes: ToldEntries['scopes'], field: 'count' | 'size'): number {
  return scopes.reduce((sum, scope) => sum + scope[field], 0);
}
