import type { Diagnostic, Fix, Severity } from '../../diagnostic.ts';
import { ruleUrl } from '../rule-url.ts';
import { RULES } from '../rules.ts';
import type { LintedFile, RenderOptions } from './linted-file.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  style: 'note',
};

/** SARIF 2.1.0 (OASIS). Written for no findings too, so that an upload closes what was found before. */
export function renderSarif(files: readonly LintedFile[], options: RenderOptions): string {
  const ids = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)))].sort();
  const index = new Map(ids.map((id, position) => [id, position]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ts-image-build',
            ...(options.version === undefined ? {} : { version: options.version }),
            rules: ids.map(ruleDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map(({ path }) => ({ location: location(path) })),
        results: files.flatMap((file, artifact) => results(file, artifact, index)),
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
}

function ruleDescriptor(id: string): object {
  const rule = RULES.find((one) => one.id === id);
  const url = ruleUrl(id);
  return {
    id,
    shortDescription: { text: rule?.title ?? 'The file can be read' },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: {
      level: rule === undefined || rule.severity === 'off' ? 'error' : LEVELS[rule.severity],
    },
  };
}

/** A relative reference with what a URI cannot hold escaped. */
function location(path: string): object {
  const uri = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri };
}

function results(file: LintedFile, artifact: number, index: ReadonlyMap<string, number>): readonly object[] {
  const where = { ...location(file.path), index: artifact };
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
