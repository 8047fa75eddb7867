import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const readJson = (name: string): object => JSON.parse(readFileSync(require.resolve(name), 'utf8')) as object;

/** What is wrong with a value; empty: nothing. */
export type Validator = (value: unknown) => readonly string[];

function validator(ajv: Ajv.Ajv, schema: object): Validator {
  const check = ajv.compile(schema);
  return (value) =>
    check(value) === true
      ? []
      : (check.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`);
}

/** The schema of SARIF 2.1.0 as OASIS published it, which is of JSON schema's draft 4. */
export function sarifValidator(): Validator {
  const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true });
  ajv.addMetaSchema(readJson('ajv/lib/refs/json-schema-draft-04.json'));
  return validator(ajv, readJson('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
}

const integer = { type: 'integer', minimum: 1 };
const text = { type: 'string', minLength: 1 };

function objectOf(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** An issue as Code Climate's specification of analysis engines and GitLab's page on code quality have it. */
const ISSUE = objectOf({
  type: { const: 'issue' },
  check_name: text,
  description: text,
  categories: {
    type: 'array',
    minItems: 1,
    items: {
      enum: [
        'Bug Risk',
        'Clarity',
        'Compatibility',
        'Complexity',
        'Duplication',
        'Performance',
        'Security',
        'Style',
      ],
    },
  },
  severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
  fingerprint: text,
  // GitLab finds no file by a path that begins with ./
  location: objectOf({
    path: { type: 'string', pattern: '^(?!\\./).' },
    lines: objectOf({ begin: integer, end: integer }),
  }),
});

export function issueValidator(): Validator {
  return validator(new Ajv(), ISSUE);
}

/** SonarQube's generic issue data. Where columns are told, the range is not empty. */
export function sonarqubeValidator(): Validator {
  const column = { type: 'integer', minimum: 0 };
  return validator(
    new Ajv(),
    objectOf({
      issues: {
        type: 'array',
        items: objectOf({
          engineId: text,
          ruleId: text,
          severity: { enum: ['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'] },
          type: { enum: ['BUG', 'VULNERABILITY', 'CODE_SMELL'] },
          primaryLocation: objectOf({
            message: text,
            filePath: text,
            textRange: objectOf(
              { startLine: integer, endLine: integer, startColumn: column, endColumn: column },
              ['startColumn', 'endColumn'],
            ),
          }),
        }),
      },
    }),
  );
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
  readonly automationDetails?: object;
  readonly results: readonly {
    readonly ruleId?: string;
    readonly ruleIndex?: number;
    readonly message?: { readonly text?: string };
    readonly locations?: readonly {
      readonly physicalLocation?: {
        readonly artifactLocation?: { readonly uri?: string };
        readonly region?: { readonly startLine?: number };
      };
    }[];
    readonly partialFingerprints?: { readonly primaryLocationLineHash?: string };
  }[];
}

/** What GitHub's code scanning would refuse or not show, beyond the schema (its page "SARIF support for code scanning"). */
export function githubProblems(log: unknown): readonly string[] {
  const [run] = (log as { runs: readonly SarifRun[] }).runs;
  if (run === undefined) return ['no run'];
  const problems: string[] = [];
  const want = (holds: boolean, message: string): void => {
    if (!holds) problems.push(message);
  };
  // With one of its own the uploading action leaves out its `category` and the job's matrix, and takes one report a job (upload-lib.ts).
  want(run.automationDetails === undefined, 'a category of its own');
  want(run.results.length <= 25_000, 'too many results');
  for (const rule of run.tool.driver.rules) problems.push(...problemsOfRule(rule));
  const seen = new Set<string>();
  for (const { ruleId = '', ruleIndex, message, locations, partialFingerprints } of run.results) {
    const place = locations?.[0]?.physicalLocation;
    const uri = place?.artifactLocation?.uri ?? '';
    const name = partialFingerprints?.primaryLocationLineHash ?? '';
    want(
      run.tool.driver.rules[ruleIndex ?? -1]?.['id'] === ruleId,
      `${ruleId}: ruleIndex names another rule`,
    );
    want((message?.text ?? '') !== '', `${ruleId}: no message`);
    want(uri !== '' && (!uri.startsWith('/') || uri.startsWith('file:///')), `${ruleId}: uri ${uri}`);
    want((place?.region?.startLine ?? 0) > 0, `${ruleId}: no line`);
    want(/^[\da-f]{16}:\d+$/.test(name) && !seen.has(name), `${ruleId}: fingerprint ${name}`);
    seen.add(name);
  }
  return problems;
}

function problemsOfRule(rule: Record<string, unknown>): readonly string[] {
  const { id, shortDescription, fullDescription, help, properties } = rule as {
    id: string;
    shortDescription?: { text?: string };
    fullDescription?: { text?: string };
    help?: { text?: string; markdown?: string };
    properties?: Record<string, unknown>;
  };
  const tags = (properties?.['tags'] ?? []) as readonly string[];
  const score = properties?.['security-severity'];
  const checks: readonly (readonly [boolean, string])[] = [
    [
      (shortDescription?.text ?? '') !== '' && (shortDescription?.text?.length ?? 0) <= 1024,
      'shortDescription',
    ],
    [(fullDescription?.text ?? '') !== '' && (fullDescription?.text?.length ?? 0) <= 1024, 'fullDescription'],
    [(help?.text ?? '') !== '' && (help?.markdown ?? '') !== '', 'help'],
    [tags.length > 0 && tags.length <= 20, 'tags'],
    [tags.includes('security') === (score !== undefined), 'security-severity'],
    [score === undefined || (typeof score === 'string' && Number(score) > 0 && Number(score) <= 10), 'score'],
    [['error', 'warning', 'recommendation'].includes(String(properties?.['problem.severity'])), 'severity'],
    [['very-high', 'high', 'medium', 'low'].includes(String(properties?.['precision'])), 'precision'],
  ];
  return checks.flatMap(([holds, what]) => (holds ? [] : [`${id}: ${what}`]));
}
