import { type BuildError, BuildErrors } from '../../base/errors.ts';
import type { CacheReport } from '../../cache/build-cache.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import type { BuildResult, StepReport } from '../../engine/engine.ts';
import { formatDuration, formatSize } from '../options/sizes.ts';
import { sizeOf } from './metadata.ts';
import { restoredText, savedText } from './mount-text.ts';
import { hitRatio, outcomeText } from './step-text.ts';
import { placeText } from './text.ts';

/** GitHub drops a summary of more than 1 MiB as a whole. */
const MAX_ROWS = 500;

/** What was built and pushed, steps with time and cache outcome, sizes by layer, findings. `full` adds the tables. */
export function resultMarkdown(result: BuildResult, style: 'full' | 'short', origin?: string): string {
  const pushed = result.exports.flatMap(({ locations }) => locations);
  const head = [
    '## Image build',
    '',
    table(
      ['', ''],
      [
        ...(origin === undefined ? [] : [['built from', origin]]),
        ['digest', code(result.digest)],
        ['image ID', code(result.imageId)],
        ['size', `${formatSize(sizeOf(result))} in ${result.images[0]?.image.layers.length ?? 0} layers`],
        ['time', formatDuration(result.duration)],
        ['steps from a cache', `${Math.round(hitRatio(result.steps) * 100)} %`],
        ...(pushed.length === 0 ? [] : [['written to', pushed.map(code).join('<br>')]]),
      ],
    ),
  ];
  if (style === 'short') return `${head.join('\n')}\n`;
  return `${[...head, '', stepsMarkdown(result.steps), ganttMarkdown(result.steps), layersMarkdown(result), findingsMarkdown(result.diagnostics), cachesMarkdown(result), mountsMarkdown(result)].filter((part) => part !== undefined).join('\n')}\n`;
}

/** `call: check` that passed. */
export function checkMarkdown(diagnostics: readonly Diagnostic[]): string {
  return `## Dockerfile check passed\n\n${findingsMarkdown(diagnostics) || 'Nothing was found.\n'}`;
}

/** A build that failed: the error first, then the findings. */
export function failureMarkdown(error: BuildError, diagnostics: readonly Diagnostic[]): string {
  const several = error instanceof BuildErrors ? error.errors : [];
  const place = error.at === undefined || several.length > 0 ? '' : ` at ${code(placeText(error.at))}`;
  const parts = [`## Image build failed${place}`, ''];
  if (several.length === 0) parts.push(...toldMarkdown(error));
  else parts.push(several.map((each) => placedMarkdown(each)).join('\n\n'));
  const findings = findingsMarkdown(diagnostics);
  if (findings !== '') parts.push(findings);
  return `${parts.join('\n')}\n`;
}

function placedMarkdown(error: BuildError): string {
  const place = error.at === undefined ? [] : [code(placeText(error.at)), ''];
  return [...place, ...toldMarkdown(error)].join('\n');
}

function toldMarkdown({ message, hint }: BuildError): readonly string[] {
  return [fenced(message), ...(hint === undefined ? [] : [fenced(hint)])];
}

function stepsMarkdown(steps: readonly StepReport[]): string {
  if (steps.length === 0) return '';
  const rows = steps
    .slice(0, MAX_ROWS)
    .map((step) => [
      code(step.name),
      outcomeText(step),
      step.outcome.type === 'done' ? escaped(step.outcome.miss) : '',
    ]);
  return `### Steps\n\n${table(['step', 'outcome', 'why it was not in a cache'], rows)}\n${restText(steps, rows)}`;
}

/** Steps that ran, on a time line. */
function ganttMarkdown(steps: readonly StepReport[]): string {
  const ran = steps.filter(({ outcome }) => outcome.type === 'done').slice(0, 60);
  if (ran.length < 2) return '';
  const lines = ran.map(({ name, startedAt, endedAt }) => {
    const label = name.replace(/[:;#,\n"`]/g, ' ').slice(0, 60);
    return `  ${label} :${timeText(startedAt)}, ${timeText(Math.max(endedAt, startedAt + 1))}`;
  });
  const axis = axisOf(Math.max(...ran.map(({ endedAt }) => endedAt)));
  const head = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss.SSS', `  axisFormat ${axis}`];
  return ['```mermaid', ...head, ...lines, '```', ''].join('\n');
}

/** Mermaid shows times of the reader's zone: a number would be half past where that is half an hour off, a date is the same everywhere. */
function timeText(milliseconds: number): string {
  return new Date(Date.UTC(2000, 0, 1) + milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}

/** Some ten marks are on the axis; no two of them read alike. */
function axisOf(milliseconds: number): string {
  if (milliseconds < 10_000) return '%S.%L';
  return milliseconds < 3_600_000 ? '%M:%S' : '%H:%M';
}

function layersMarkdown(result: BuildResult): string {
  const image = result.images[0]?.image;
  if (image === undefined) return '';
  const made = image.config.history.filter(({ empty_layer }) => empty_layer !== true);
  const rows = image.layers.slice(0, MAX_ROWS).map(({ descriptor }, i) => {
    const by = (made[i]?.created_by ?? '').replace(/\s+/g, ' ');
    return [String(i + 1), formatSize(descriptor.size), code(by.length > 100 ? `${by.slice(0, 99)}…` : by)];
  });
  return `### Layers\n\n${table(['', 'size', 'made by'], rows)}\n${restText(image.layers, rows)}`;
}

/** Findings as a table, in the order of the file. */
export function findingsMarkdown(diagnostics: readonly Diagnostic[], title = 'Lint findings'): string {
  if (diagnostics.length === 0) return '';
  const rows = diagnostics
    .slice(0, MAX_ROWS)
    .map(({ rule, severity, message, at, url }) => [
      code(placeText(at)),
      severity,
      url === undefined ? code(rule) : `[${rule}](${url})`,
      escaped(message),
    ]);
  return `### ${title}\n\n${table(['place', 'severity', 'rule', 'message'], rows)}\n${restText(diagnostics, rows)}`;
}

/** That some findings have no annotation; where the summary has no table of all of them, these. */
export function leftMarkdown(left: readonly Diagnostic[], style: 'full' | 'short'): string {
  if (left.length === 0) return '';
  const told = `${left.length === 1 ? '1 finding has' : `${left.length} findings have`} no annotation: a step can show 10 of a kind.\n`;
  return style === 'full' ? told : `${findingsMarkdown(left, 'Further lint findings')}\n${told}`;
}

function cachesMarkdown(result: BuildResult): string {
  if (result.caches.length === 0) return '';
  const rows = result.caches.map((cache) => {
    const found = foundIn(cache.name, result.steps);
    return [
      escaped(cache.name),
      found.steps === 0 ? '0' : `${found.steps} (${formatSize(found.bytes)})`,
      heldText(cache),
      String(cache.recordsSaved),
      formatSize(cache.bytesUploaded),
      formatSize(cache.bytesDownloaded),
      cache.notices.map(escaped).join('<br>'),
    ];
  });
  const head = ['cache', 'steps found', 'holds', 'records saved', 'sent', 'fetched', 'notes'];
  return `### Caches\n\n${benefitText(result)}${table(head, rows)}\n`;
}

function foundIn(
  name: string,
  steps: readonly StepReport[],
): { readonly steps: number; readonly bytes: number } {
  const found = steps.filter(({ outcome }) => outcome.type === 'cached' && outcome.from === name);
  return { steps: found.length, bytes: found.reduce((sum, { size }) => sum + (size?.stored ?? 0), 0) };
}

function heldText({ held }: CacheReport): string {
  if (held === undefined) return '';
  const records = held.records === 1 ? '1 record' : `${held.records} records`;
  return held.bytes === undefined ? records : `${records}, ${formatSize(held.bytes)}`;
}

/** What the caches were good for. */
function benefitText({ caches, steps }: BuildResult): string {
  const bytes = caches.reduce((sum, { name }) => sum + foundIn(name, steps).bytes, 0);
  if (bytes === 0) return '';
  const fetched = caches.reduce((sum, { bytesDownloaded }) => sum + bytesDownloaded, 0);
  return `${formatSize(bytes)} of layers did not have to be made again; ${formatSize(fetched)} were fetched from caches for it.\n\n`;
}

function mountsMarkdown({ mounts }: BuildResult): string {
  if (mounts.length === 0) return '';
  const rows = mounts
    .slice(0, MAX_ROWS)
    .map((mount) => [
      code(mount.id),
      mount.platform,
      escaped(restoredText(mount, Date.now())),
      escaped(savedText(mount)),
    ]);
  return `### Cache mounts\n\n${table(['mount', 'platform', 'before', 'after'], rows)}\n${restText(mounts, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Longer names tell no more, and many of them would be too much for a summary. Characters. */
const LONGEST_CODE = 200;

/** Code in a table cell; a backtick, a pipe or a line end would end it. */
function code(text: string): string {
  if (text === '') return '';
  const line = text.replace(/`/g, "'").replace(/\s*[\r\n]+\s*/g, ' ');
  const short = line.length > LONGEST_CODE ? `${line.slice(0, LONGEST_CODE - 1)}…` : line;
  // Backslashes in front of a pipe are doubled, or the last of them would quote the one that quotes the pipe.
  return `\`${short.replace(/(\\*)\|/g, '$1$1\\|')}\``;
}

function escaped(text: string): string {
  return text.replace(/[&<>|[\]]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/\r\n|\r|\n/g, '<br>');
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.replace(/```/g, "'''")}\n\`\`\``;
}

/** What a table with too many rows leaves out. */
function restText(all: readonly unknown[], shown: readonly unknown[]): string {
  const more = all.length - shown.length;
  return more === 0 ? '' : `\n${more} more are not shown here.\n`;
}
