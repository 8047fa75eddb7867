import type { Instruction, Text } from '../../ast.ts';
import type { LintContext } from '../context.ts';
import type { Finding, LintRule } from '../rule.ts';
import { findSecret, looksRandom } from '../secret-patterns.ts';
import { unquote } from '../unquote.ts';

const NAME =
  /(?:^|_)(?:apikey|auth|credentials?|key|pass|passphrase|passwd|password|pwd|secret|token)(?:_|$)/i;
const PUBLIC =
  /(?:^|_)(?:public|file|path|url|version|id|fingerprint|gpg|checksum|sha\d*|hash|digest)(?:_|$)/i;

export const tsib1005: LintRule = {
  id: 'TSIB1005',
  severity: 'warning',
  security: 8.5,
  title: 'No credentials written into the file',
  onbuild: true,
  *check(context) {
    for (const instruction of context.instructions) {
      const finding = byForm(context, instruction) ?? byLook(instruction);
      if (finding !== undefined) yield finding;
    }
  },
};

function byForm(context: LintContext, instruction: Instruction): Finding | undefined {
  const secret = findSecret(instruction.args.value);
  if (secret !== undefined) {
    return { message: tell(secret.what), at: context.argsRange(instruction, secret.start, secret.end) };
  }
  for (const heredoc of instruction.heredocs) {
    const inner = findSecret(heredoc.content);
    if (inner !== undefined) return { message: tell(inner.what), at: heredoc.body };
  }
  return undefined;
}

function tell(what: string): string {
  return `This looks like ${what}, and everybody who has the image can read it: use RUN --mount=type=secret`;
}

function byLook(instruction: Instruction): Finding | undefined {
  if (instruction.kind !== 'env' && instruction.kind !== 'arg') return undefined;
  for (const { key, value } of instruction.pairs) {
    if (value === undefined || !NAME.test(key.value) || PUBLIC.test(key.value)) continue;
    if (isSecret(value)) return { message: tell('a secret'), at: value.at };
  }
  return undefined;
}

function isSecret({ value }: Text): boolean {
  const text = unquote(value);
  return !text.includes('$') && looksRandom(text);
}
