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
    // With nothing behind it the shell ends, and the container with it.
    if (detached !== undefined && (script.commands.some(IDLE) || statements.at(-1) === detached))
      return script.rangeOf(detached);
    const last = script.commands.at(-1);
    if (last !== undefined && detaches(last)) return script.rangeOf(last);
  }
  return undefined;
}

/** Programs that leave for the background by themselves, or are told to. */
function detaches({ name, args }: CommandView): boolean {
  const values = args.map(({ value }) => value);
  const program = name.split('/').at(-1) ?? '';
  if (program === 'sshd') return !values.some((value) => /^-[a-zA-Z]*[Ddt]/.test(value));
  if (/^(?:apache2ctl|apachectl|httpd)$/.test(program))
    return (
      values.some((value) => /^(?:start|restart)$/.test(value)) &&
      !values.some((value) => value.includes('FOREGROUND'))
    );
  if (program === 'mongod') return values.includes('--fork');
  return values.some((value, index) =>
    /^--daemon(?:ize)?$/.test(value)
      ? !/^(?:no|false|0)$/.test(values[index + 1] ?? '')
      : /^--daemon(?:ize)?=(?:yes|true|1)$/.test(value),
  );
}

/** `service x start`, `/etc/init.d/x start`, `systemctl start x`. */
function startsService({ name, args }: CommandView): boolean {
  const values = args.map(({ value }) => value);
  if (name === 'service') return values.includes('start') || values.includes('restart');
  if (name === 'systemctl') return values.includes('start');
  return name.startsWith('/etc/init.d/') && (values.includes('start') || values.includes('restart'));
}
