import { posix } from 'node:path';
import type { Diagnostic, Fix, Severity } from '../../diagnostic.ts';
import { originOf } from '../rule-origin.ts';
import { RULE_PAGES } from '../rule-pages.ts';
import { ruleUrl } from '../rule-url.ts';
import { RULES } from '../rules.ts';
import { byGravity, type LintedFile, type RenderOptions, servicePath } from './linted-file.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  style: 'note',
};

/** How GitHub sorts findings that are not about security (its page on SARIF support, "reportingDescriptor object"). */
const PROBLEMS: Readonly<Record<string, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

/** SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for. Written for no findings too, so that an upload closes what was found before. */
export function renderSarif(files: readonly LintedFile[], options: RenderOptions): string {
  const levels = gravestLevels(files);
  const index = new Map([...levels.keys()].map((id, position) => [id, position]));
  const { version } = options;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ts-image-build',
            ...(version === undefined ? {} : { version, semanticVersion: version }),
            rules: [...levels].map(([id, level]) => ruleDescriptor(id, level)),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ path }) => ({ location: location(path, options) })),
        results: files.flatMap((file, artifact) => results(file, artifact, index, options)),
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
}

/** By rule, in order of their ids: services show a rule by its own level, which the configuration may have changed. */
function gravestLevels(files: readonly LintedFile[]): ReadonlyMap<string, string> {
  const gravest = new Map<string, Severity>();
  for (const { rule, severity } of files.flatMap(({ diagnostics }) => diagnostics).toSorted(byGravity))
    if (!gravest.has(rule)) gravest.set(rule, severity);
  return new Map([...gravest.keys()].sort().map((id) => [id, LEVELS[gravest.get(id) ?? 'error']]));
}

function ruleDescriptor(id: string, level: string): object {
  const rule = RULES.find((one) => one.id === id);
  const page = RULE_PAGES[id];
  const url = ruleUrl(id);
  const title =
    rule?.title ?? (page === undefined ? `A finding of ShellCheck: ${id}` : 'The file can be read');
  const why = page?.split('\n\n')[0] ?? title;
  const more = url === undefined ? '' : `\n\n[${id}](${url})`;
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    ...(url === undefined ? {} : { helpUri: url }),
    help: { text: url === undefined ? why : `${why} ${url}`, markdown: `${page ?? why}${more}` },
    defaultConfiguration: { level },
    properties: {
      tags: ['dockerfile', originOf(id), ...(rule?.security === undefined ? [] : ['security'])],
      precision: 'high',
      'problem.severity': PROBLEMS[level],
      ...(rule?.security === undefined ? {} : { 'security-severity': rule.security.toFixed(1) }),
    },
  };
}

/** A reference relative to the folder, or an address of a file elsewhere; what a URI cannot hold is escaped. */
function location(path: string, options: RenderOptions): object {
  const { folder } = options;
  const inside = servicePath(path, options);
  // What is above the folder, readers of the report do not know.
  const place = inside.startsWith('../') && folder !== undefined ? posix.resolve(folder, inside) : inside;
  const escaped = place.split('/').map(encodeURIComponent).join('/');
  return place.startsWith('/') ? { uri: `file://${escaped}` } : { uri: escaped, uriBaseId: '%SRCROOT%' };
}

function results(
  file: LintedFile,
  artifact: number,
  index: ReadonlyMap<string, number>,
  options: RenderOptions,
): readonly object[] {
  const where = { ...location(file.path, options), index: artifact };
  return file.diagnostics.map((diagnostic) => ({
    ruleId: diagnostic.rule,
    ruleIndex: index.get(diagnostic.rule),
    level: LEVELS[diagnostic.severity],
    message: { text: diagnostic.message },
    locations: [{ physicalLocation: { artifactLocation: where, region: region(diagnostic.at) } }],
    partialFingerprints: { primaryLocationLineHash: diagnostic.fingerprint },
    properties: { severity: diagnostic.severity, aliases: diagnostic.aliases },
    ...(diagnostic.fix === undefined ? {} : { fixes: [fixOf(diagnostic.fix, where)] }),
  }));
}

function region({ start, end }: Diagnostic['at']): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf(fix: Fix, artifactLocation: object): object {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation,
        replacements: fix.edits.map((edit) => ({
          deletedRegion: region(edit.at),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}
