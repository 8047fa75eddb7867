import type { SourceRange } from '../../src/base/errors.ts';
import type { Dockerfile, Instruction } from '../../src/dockerfile/ast.ts';

/** A Dockerfile's tree as text that can be reviewed: one fact a line, places as line:column-line:column. */
export function astText(file: Dockerfile): string {
  const lines = [`escape: ${file.directives.escape}`];
  for (const name of ['syntax', 'check'] as const) {
    const directive = file.directives[name];
    if (directive !== undefined) lines.push(...field(name, directive, ''));
  }
  for (const comment of file.comments)
    lines.push(...field('comment', { value: comment.text, at: comment.at }, ''));
  for (const arg of file.globalArgs) lines.push(...instruction(arg, ''));
  for (const stage of file.stages) {
    lines.push(`stage ${stage.index}${stage.name === undefined ? '' : ` ${stage.name}`}`);
    lines.push(...instruction(stage.from, '  '));
    for (const one of stage.instructions) lines.push(...instruction(one, '  '));
  }
  return `${lines.join('\n')}\n`;
}

function instruction(one: Instruction, indent: string): string[] {
  const { kind, at, keyword, args, ...rest } = one;
  const lines = [`${indent}${kind} ${place(at)}`];
  if (keyword.value !== kind.toUpperCase()) lines.push(...field('keyword', keyword, `${indent}  `));
  if (args.value !== '')
    lines.push(`${indent}  args: ${JSON.stringify(args.value)} in ${args.pieces.length}`);
  for (const [name, value] of Object.entries(rest)) lines.push(...field(name, value, `${indent}  `));
  return lines;
}

function field(name: string, value: unknown, indent: string): string[] {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
  if (Array.isArray(value)) return value.flatMap((item) => field(name, item, indent));
  if (typeof value !== 'object' || value === null) return [`${indent}${name}: ${JSON.stringify(value)}`];
  if (isInstruction(value)) return [`${indent}${name}:`, ...instruction(value, `${indent}  `)];
  const { at, body, ...rest } = value as Record<string, unknown>;
  const where = isRange(at) ? ` @${place(at)}` : '';
  const within = isRange(body) ? ` body ${place(body)}` : '';
  const entries = Object.entries(rest).filter(([, one]) => one !== undefined);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'value')
    return [`${indent}${name}: ${JSON.stringify(only[1])}${where}`];
  const inner = entries.flatMap(([key, one]) => field(key, one, `${indent}  `));
  return [`${indent}${name}:${where}${within}`, ...inner];
}

function isInstruction(value: object): value is Instruction {
  return 'kind' in value && 'keyword' in value;
}

function isRange(value: unknown): value is SourceRange {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

function place({ start, end }: SourceRange): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
