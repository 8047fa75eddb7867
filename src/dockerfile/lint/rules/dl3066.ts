import type { Instruction } from '../../ast.ts';
import { baseVariables } from '../base-variables.ts';
import { type LintContext, rootOf } from '../context.ts';
import { fromImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';
import { expandIn } from '../scope.ts';
import { unquote } from '../unquote.ts';
import { walkScopes } from '../variables.ts';

/** Kubernetes' runAsNonRoot can judge a number only. Windows has no numbers of users. */
export const dl3066: LintRule = {
  id: 'DL3066',
  severity: 'info',
  title: 'USER as a number',
  *check(context) {
    if (context.file.directives.escape === '`') return;
    const args = new Set<string>();
    const values = new ExpandedUsers(context);
    for (const instruction of context.instructions) {
      if (instruction.kind === 'arg') for (const { key } of instruction.pairs) args.add(key.value);
      if (instruction.kind !== 'user') continue;
      const [user = ''] = unquote(instruction.word.value).split(':');
      const names = namesIn(instruction.word.value);
      if (isNumber(user) || names.some((name) => args.has(name))) continue;
      if (isNumber(values.of(instruction)) || isOfBase(context, instruction, names)) continue;
      yield {
        message: `${user} is a name: a number works without /etc/passwd and for runAsNonRoot`,
        at: instruction.at,
      };
    }
  },
};

function isNumber(user: string | undefined): boolean {
  return user !== undefined && /^\d*$/.test(user);
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, bare]) => braced ?? bare ?? '');
}

/** A variable for the number of the user that the base image has made. */
function isOfBase(context: LintContext, instruction: Instruction, names: readonly string[]): boolean {
  const image = fromImage(context, rootOf(context.stageOf(instruction)));
  const known = image === undefined ? [] : baseVariables(image.name);
  return names.length > 0 && names.every((name) => name.endsWith('UID') && known.includes(name));
}

/** The users that USERs name, with their variables filled in; found when the first one is asked for. */
class ExpandedUsers {
  private readonly context: LintContext;
  private users: ReadonlyMap<Instruction, string> | undefined;

  constructor(context: LintContext) {
    this.context = context;
  }

  of(instruction: Instruction): string | undefined {
    this.users ??= new Map(this.expand());
    return this.users.get(instruction);
  }

  private *expand(): Iterable<[Instruction, string]> {
    const { escape: escapeChar } = this.context.file.directives;
    for (const { instruction, scope } of walkScopes(this.context)) {
      if (instruction.kind !== 'user') continue;
      const expanded = expandIn(instruction.word.value, scope, escapeChar);
      const user = expanded?.value.split(':')[0] ?? '';
      if (user !== '' && expanded?.unmatched.size === 0) yield [instruction, user];
    }
  }
}
