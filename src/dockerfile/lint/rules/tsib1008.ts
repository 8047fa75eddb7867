import type { SourceRange } from '../../../base/errors.ts';
import type { CommandInstruction } from '../../ast.ts';
import type { LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';
import type { CommandView } from '../shell/command-view.ts';

/** Programs that keep a container alive and do nothing. */
const IDLE = (view: CommandView) =>
  (view.name === 'tail' && view.args.some(({ value }) => value === '/dev/null')) ||
  (view.name === 'sleep' && view.args.some(({ value }) => value === 'infinity'));

export const tsib1008: LintRule = {
  id: 'TSIB1008',
  severity: 'warning',
  title: 'The service is the process of the container',
  *check(context) {
    for (const instruction of context.all('cmd', 'entrypoint')) {
      const at = background(context, instruction);
      if (at === undefined) continue;
      yield {
        message: 'The service runs behind the container: its end goes unseen and signals do not reach it',
        at,
      };
    }
  },
};

function background(context: LintContext, instruction: CommandInstruction): SourceRange | undefined {
  for (const script of context.scripts(instruction)) {
    const started = script.commands.find(startsService);
    if (started !== undefined) return script.rangeOf(started);
    const { statements } = script.parsed.script;
    const detached = statements.find(({ operator }) => operator === '&');
    if (detached !== undefined && script.commands.some(IDLE)) return script.rangeOf(detached);
  }
  return undefined;
}

/** `service x start`, `/etc/init.d/x start`, `systemctl start x`. */
function startsService({ name, args }: CommandView): boolean {
  const values = args.map(({ value }) => value);
  if (name === 'service') return values.includes('start') || values.includes('restart');
  if (name === 'systemctl') return values.includes('start');
  return name.startsWith('/etc/init.d/') && (values.includes('start') || values.includes('restart'));
}
