import { beforeEach, describe, expect, test } from '@jest/globals';
import { ActionLog } from '../../../src/app/action/log.ts';
import type { BuildEvent, StepOutcome } from '../../../src/engine/engine.ts';

/** What the log was given, line by line. */
let lines: string[];
let log: ActionLog;

beforeEach(() => {
  lines = [];
  const write = (text: string): void => void lines.push(...text.split(/\r\n|\r|\n/));
  log = new ActionLog({
    info: write,
    startGroup: (name) => write(`::group::${name.replace(/\r/g, '%0D').replace(/\n/g, '%0A')}`),
    endGroup: () => write('::endgroup::'),
  });
});

/**
 * Names of the commands that the runner would obey (actions/runner, ActionCommand.cs): `::name` at the beginning of a line, blanks aside, and
 * `##[name` anywhere in one; none between `::stop-commands::TOKEN` and `::TOKEN::`.
 */
function commands(): readonly string[] {
  const obeyed: string[] = [];
  let token: string | undefined;
  for (const line of lines) {
    const [, name, data = ''] = /^\s*::([^:\s]+)[^:]*::(.*)$/.exec(line) ?? /##\[(\S+)/.exec(line) ?? [];
    if (token !== undefined) {
      if (name === token) token = undefined;
    } else if (name === 'stop-commands') token = data;
    else if (name !== undefined && name !== 'group' && name !== 'endgroup') obeyed.push(name);
  }
  return obeyed;
}

function ended(outcome: StepOutcome, name = '[1/1] RUN make'): BuildEvent {
  return { type: 'step-ended', step: { id: 'a', name, outcome, startedAt: 0, endedAt: 1000, keyParts: [] } };
}

const started = (name: string): BuildEvent => ({ type: 'step-started', id: 'a', name });
const output = (text: string): BuildEvent => ({ type: 'step-output', id: 'a', text, stream: 'stdout' });

describe('the log of the action', () => {
  test('a step is one group with its reason and its output', () => {
    log.show(started('[1/1] RUN make'));
    log.show(output('compiling\n'));
    log.show(ended({ type: 'done', miss: 'command changed' }));
    const [begun, group, reason, stop, text, go, end] = lines;
    expect([begun, group, reason, text, end]).toEqual([
      '… [1/1] RUN make',
      '::group::● [1/1] RUN make: done in 1.0 s',
      'not from the cache: command changed',
      'compiling',
      '::endgroup::',
    ]);
    expect(stop).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(go).toBe(`::${stop?.slice('::stop-commands::'.length)}::`);
  });

  test.each([
    ['::save-state name=temporary-state-dir::/home'],
    ['  ::add-mask::a'],
    ['x\n::save-state name=a::b'],
    ['x\r::save-state name=a::b'],
    ['RUN echo ##[save-state name=temporary-state-dir]/home'],
  ])('gives the runner no commands of strangers, wherever %j stands', (text) => {
    log.show(started(text));
    log.show(output(text));
    log.show(ended({ type: 'done', miss: text }, text));
    log.show(ended({ type: 'cached', from: 'local' }, text));
    log.show({ type: 'notice', message: text });
    log.show({ type: 'progress', message: text });
    log.showText('Patch', text);
    log.say(`ERROR: RUN failed\n  Its last output:\n  ${text}`);
    log.show(started('[1/1] RUN make'));
    log.show(output(text));
    log.show(ended({ type: 'failed', error: new Error(text) as never }, text));
    log.flush();
    expect(commands()).toEqual([]);
  });

  test('what gives no command is written as it is', () => {
    log.say('127.0.0.1:5000 and [::1]:5000 cannot be reached');
    expect(lines).toEqual(['127.0.0.1:5000 and [::1]:5000 cannot be reached']);
  });

  test('holds no more than a part of a long output, and loses none of it', () => {
    log.show(started('[1/1] RUN yes'));
    const part = `${'y'.repeat(1023)}\n`;
    for (let i = 0; i < 3000; i++) log.show(output(part));
    expect(lines.join('\n').length).toBeGreaterThan(2 * 1024 * 1024);
    log.show(ended({ type: 'done', miss: 'no cache is in use' }));
    expect(lines.filter((line) => line.startsWith('yyy'))).toHaveLength(3000);
    expect(lines.filter((line) => line.startsWith('::group::'))).toHaveLength(
      lines.filter((line) => line === '::endgroup::').length,
    );
  });
});
