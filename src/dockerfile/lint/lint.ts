import type { SourceRange } from '../../base/errors.ts';
import type { Instruction, ParseResult } from '../ast.ts';
import type { Diagnostic, Severity } from '../diagnostic.ts';
import { CHECK_ARGUMENT } from '../directives.ts';
import { ignoreFileProblem } from '../ignore.ts';
import { sourceOf } from '../mapped-text.ts';
import { printable } from '../printable.ts';
import type { LintConfig } from './config.ts';
import { type LintContext, makeContext } from './context.ts';
import { newFindings } from './external.ts';
import { nameFindings, type Unnamed } from './fingerprint.ts';
import { noText } from './no-text.ts';
import { type CheckOptions, checkOptionsOfArgument } from './pragma.ts';
import type { Finding, LintRule } from './rule.ts';
import { ruleUrl } from './rule-url.ts';
import { tsib1021 } from './rules/tsib1021.ts';
import { RULES } from './rules.ts';
import { severityOf } from './severity.ts';
import { readSilence, type Silence } from './silence.ts';
import { unusedPragmas } from './unused-pragmas.ts';
import { withoutLineEnd } from './whole-lines.ts';

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** A finding with its rule and the instruction it stands in. */
interface Found {
  readonly rule: LintRule;
  readonly finding: Finding;
  readonly instruction: Instruction | undefined;
}

/**
 * All findings in a Dockerfile, sorted by place: rules, and what the parser could not read (rule `DL1000`, always an error). Pure and
 * synchronous; never throws for any text.
 */
export function lint(parsed: ParseResult, config: LintConfig = {}): readonly Diagnostic[] {
  const binary = noText(parsed);
  if (binary !== undefined)
    return nameFindings([unreadable(parsed, binary)], '', parsed.file.path, config.folder);
  const shared = { scripts: new Map(), ruleIds: RULE_IDS };
  const context = makeContext(parsed, config, false, shared);
  const check = checkOptionsOf(context);
  const silence = readSilence(context, check);
  const found = runRules(context, check);
  const triggers = makeContext(parsed, config, true, shared);
  if (triggers.instructions.length > 0)
    found.push(...runRules(triggers, check, ({ onbuild }) => onbuild === true));
  for (const one of newFindings(config.external ?? [], found)) found.push({ ...one, instruction: undefined });
  found.push(...idleComments(context, found, check));
  const ids = new IdFilter(config, silence);
  const told = mergeTwins(found, context).flatMap((group) => toDiagnostic(group, ids, config, check));
  told.push(...problemsOf(parsed, context));
  told.sort((one, other) => byPlace(one.diagnostic, other.diagnostic));
  const source = sourceOf(parsed.file);
  const placed = told.map(({ diagnostic, instruction }) => ({
    diagnostic: { ...diagnostic, at: withoutLineEnd(source, diagnostic.at) },
    instruction,
  }));
  const named = nameFindings(placed, parsed.file.text, parsed.file.path, config.folder);
  return withoutKnown(named, config.baseline);
}

function withoutKnown(
  diagnostics: readonly Diagnostic[],
  baseline: ReadonlySet<string> | undefined,
): readonly Diagnostic[] {
  return baseline === undefined
    ? diagnostics
    : diagnostics.filter(({ fingerprint }) => !baseline.has(fingerprint));
}

/** ShellCheck's, of which ours are a part, and rules that say nothing unless a configuration gives them something to compare with. */
const UNJUDGED = /^(?:SC\d+|DL3026|DL3049|DL305[0-68]|CopyIgnoredFile)$/;

/** Comments that silence none of these. */
function idleComments(context: LintContext, found: readonly Found[], check: CheckOptions): readonly Found[] {
  const { config, pragmas } = context;
  if (pragmas.all.length === 0 || severityOf(tsib1021, config, check) === 'off') return [];
  const outer = indexInstructions(context.instructions);
  const seen = found.map(({ rule, finding, instruction }) => ({
    rule,
    instruction: outer(finding.at) ?? instruction,
  }));
  const judged = new Set(
    RULES.filter((rule) => rule !== tsib1021 && severityOf(rule, config, check) !== 'off').map(
      ({ id }) => id,
    ),
  );
  const isJudged = (id: string) => judged.has(id) && !UNJUDGED.test(id) && !config.ignored?.includes(id);
  return [...unusedPragmas(context, seen, isJudged)].map((finding) => ({
    rule: tsib1021,
    finding,
    instruction: undefined,
  }));
}

function checkOptionsOf({ pragmas, config }: LintContext): CheckOptions {
  const argument = config.buildArgs?.[CHECK_ARGUMENT];
  return argument === undefined ? pragmas.check : checkOptionsOfArgument(argument);
}

function runRules(
  context: LintContext,
  check: CheckOptions,
  wanted: (rule: LintRule) => boolean = () => true,
): Found[] {
  const instructionAt = indexInstructions(context.instructions);
  const found: Found[] = [];
  for (const rule of RULES) {
    if (!wanted(rule) || severityOf(rule, context.config, check) === 'off') continue;
    for (const finding of rule.check(context)) {
      found.push({ rule, finding, instruction: instructionAt(finding.at) });
    }
  }
  return found;
}

/** Finds the instruction around a place. */
function indexInstructions(
  instructions: readonly Instruction[],
): (at: SourceRange) => Instruction | undefined {
  return ({ start }) => {
    let low = 0;
    let high = instructions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((instructions[middle]?.at.start.offset ?? 0) <= start.offset) low = middle;
      else high = middle - 1;
    }
    const candidate = instructions[low];
    return candidate !== undefined &&
      candidate.at.start.offset <= start.offset &&
      start.offset <= candidate.at.end.offset
      ? candidate
      : undefined;
  };
}

/** Findings of a rule and of its twin in one instruction become one group, the main rule first. */
function mergeTwins(found: readonly Found[], context: LintContext): readonly (readonly Found[])[] {
  const outer = indexInstructions(context.instructions);
  const groups: Found[][] = [];
  const byKey = new Map<string, Found[]>();
  const twins = found.filter(({ rule }) => rule.twin !== undefined);
  for (const one of found) {
    const located = { ...one, instruction: outer(one.finding.at) ?? one.instruction };
    if (one.rule.twin !== undefined) continue;
    const group = [located];
    groups.push(group);
    const key = keyOf(one.rule.id, located.instruction);
    if (!byKey.has(key)) byKey.set(key, group);
  }
  for (const twin of twins) {
    const instruction = outer(twin.finding.at) ?? twin.instruction;
    const group = byKey.get(keyOf(twin.rule.twin ?? '', instruction));
    if (group === undefined || group.some(({ rule }) => rule.id === twin.rule.id))
      groups.push([{ ...twin, instruction }]);
    else group.push({ ...twin, instruction });
  }
  return groups;
}

function keyOf(id: string, instruction: Instruction | undefined): string {
  return `${id}@${instruction?.at.start.offset ?? -1}`;
}

/** Tells which ids the configuration and the comments of the file silence. */
class IdFilter {
  private readonly ignored: ReadonlySet<string>;
  private readonly silence: Silence;

  constructor(config: LintConfig, silence: Silence) {
    this.ignored = new Set(config.ignored ?? []);
    this.silence = silence;
  }

  isSilent({ rule, instruction }: Found): boolean {
    const here = this.silence.at(instruction);
    if (this.ignored.has(rule.id) || this.silence.everywhere.has(rule.id) || here.has(rule.id)) return true;
    return (
      isBuildCheck(rule.id) &&
      !EXPERIMENTAL.has(rule.id) &&
      (this.silence.skipBuildChecks || here.skipBuildChecks)
    );
  }
}

/** `skip=all` does not reach experimental checks: they are asked for by name (BuildKit frontend/dockerfile/linter). */
const EXPERIMENTAL: ReadonlySet<string> = new Set(['InvalidDefinitionDescription']);

function isBuildCheck(id: string): boolean {
  return !/\d$/.test(id);
}

function toDiagnostic(
  group: readonly Found[],
  ids: IdFilter,
  config: LintConfig,
  check: CheckOptions,
): readonly Unnamed[] {
  const [main] = group;
  if (main === undefined || group.some((one) => ids.isSilent(one))) return [];
  const severities = group.map(({ rule }) => severityOf(rule, config, check));
  const severity = severities[0];
  if (severity === undefined || severity === 'off') return [];
  const fix = group.find(({ finding }) => finding.fix !== undefined)?.finding.fix;
  const url = ruleUrl(main.rule.id);
  const diagnostic = {
    rule: main.rule.id,
    aliases: [...new Set(group.slice(1).map(({ rule }) => rule.id))],
    severity,
    message: tellable(main.finding.message),
    at: main.finding.at,
    ...(fix === undefined ? {} : { fix }),
    ...(url === undefined ? {} : { url }),
  };
  return [{ diagnostic, instruction: main.instruction }];
}

function unreadable({ file }: ParseResult, message: string): Unnamed {
  const start = { line: 1, column: 1, offset: 0 };
  const at = { file: file.path, start, end: start };
  return {
    diagnostic: { rule: 'DL1000', aliases: [], severity: 'error', message, at },
    instruction: undefined,
  };
}

/** Problems that have a rule of their own: DL3061, DL3043. */
const TOLD_BY_RULES: ReadonlySet<string> = new Set(['NO_STAGE', 'BAD_TRIGGER']);

/** What could not be read, the ignore file too. An instruction before the first FROM has a rule of its own. */
function problemsOf(parsed: ParseResult, context: LintContext): readonly Unnamed[] {
  const { dockerignore } = context.config;
  const ignoreFile = dockerignore === undefined ? undefined : ignoreFileProblem(dockerignore);
  return [...parsed.problems, ...(ignoreFile === undefined ? [] : [ignoreFile])]
    .filter(({ code }) => !TOLD_BY_RULES.has(code))
    .map((problem) => {
      const at = problem.at ?? emptyStart(context);
      const severity: Severity = 'error';
      const message = tellable(
        problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`,
      );
      return { diagnostic: { rule: 'DL1000', aliases: [], severity, message, at }, instruction: undefined };
    });
}

/** UTF-16 units of a message: it quotes the file, which may have lines of any length. */
const LONGEST_MESSAGE = 500;

function tellable(message: string): string {
  const whole = printable(
    message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message,
  );
  return whole.isWellFormed() ? whole : whole.toWellFormed();
}

function emptyStart({ file }: LintContext): SourceRange {
  const start = { line: 1, column: 1, offset: 0 };
  return { file: file.path, start, end: start };
}

function byPlace(one: Unnamed['diagnostic'], other: Unnamed['diagnostic']): number {
  return (
    one.at.start.offset - other.at.start.offset ||
    one.at.end.offset - other.at.end.offset ||
    compareText(one.rule, other.rule)
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
