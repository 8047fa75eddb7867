import type { BuildEvent } from '../../engine/engine.ts';
import { badInput } from '../options/problems.ts';
import { mountText } from '../report/mount-text.ts';
import { jsonForRunner } from '../report/runner-command.ts';
import { outcomeText } from '../report/step-text.ts';
import { findingText } from '../report/text.ts';
import type { Terminal } from './command.ts';
import { LiveProgress } from './live-progress.ts';

const STYLES = ['plain', 'tty', 'json', 'quiet'] as const;
export type ProgressStyle = (typeof STYLES)[number];

/** Shows the events of a build. When it is disposed of, nothing of it is drawn any more. */
export interface Progress extends Disposable {
  readonly show: (event: BuildEvent) => void;
}

/**
 * Which style is meant: as docker has it, `auto` is `tty` where people look at a terminal.
 * @throws BuildError `BAD_INPUT`
 */
export function progressStyle(text: string, { screen, environment }: Shown): ProgressStyle {
  if (text === 'auto') return screen !== undefined && environment['TERM'] !== 'dumb' ? 'tty' : 'plain';
  const style = STYLES.find((each) => each === text);
  if (style === undefined)
    throw badInput(`"${text}" is not a style`, 'It is auto, plain, tty, json or quiet.');
  if (style === 'tty' && screen === undefined)
    throw badInput('tty is for a terminal, and standard error is none', 'Take plain or auto.');
  return style;
}

type Shown = Pick<Terminal, 'stderr' | 'screen' | 'environment'>;

/** Of a line that does not end so much is held: what comes then is another line. Characters. */
const LONGEST_LINE = 64 * 1024;
/** How often what runs is drawn again. Milliseconds. */
const REDRAW = 100;

/** Numbered steps on standard error as docker's plain progress prints them, a drawing of what runs, or one JSON object a line. */
export function progress(style: ProgressStyle, { stderr, screen, environment }: Shown): Progress {
  if (style === 'tty' && screen !== undefined) {
    const isColoured = (environment['NO_COLOR'] ?? '') === '';
    const live = new LiveProgress({ write: stderr, screen, now: () => performance.now(), isColoured });
    const timer = setInterval(() => live.draw(), REDRAW).unref();
    return {
      show: live.show,
      [Symbol.dispose]: () => {
        clearInterval(timer);
        live.clear();
      },
    };
  }
  return { show: linesOf(style, stderr), [Symbol.dispose]: () => undefined };
}

function linesOf(style: ProgressStyle, write: (text: string) => void): Progress['show'] {
  if (style === 'quiet') return () => undefined;
  if (style === 'json') return (event) => write(`${jsonForRunner(JSON.stringify(event, plainError))}\n`);
  return new PlainProgress(write).show;
}

/** Errors have no own enumerable message; a reader of the JSON wants it. */
function plainError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { ...value, message: value.message };
}

class PlainProgress {
  readonly #write: (text: string) => void;
  readonly #numbers = new Map<string, number>();
  /** Output that has no line end yet, by step. */
  readonly #rest = new Map<string, string>();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly show = (event: BuildEvent): void => {
    switch (event.type) {
      case 'diagnostic':
        this.#write(`${findingText(event.diagnostic)}\n`);
        return;
      case 'step-started':
        this.#write(`#${this.#number(event.id)} ${event.name}\n`);
        return;
      case 'step-output':
        this.#output(event.id, event.text);
        return;
      case 'step-ended': {
        const { step } = event;
        this.#flush(step.id);
        const number = this.#number(step.id);
        if (step.outcome.type === 'cached') this.#write(`#${number} ${step.name}\n`);
        this.#write(`#${number} ${outcomeText(step)}\n`);
        if (step.outcome.type === 'done')
          this.#write(`#${number} not from the cache: ${step.outcome.miss}\n`);
        return;
      }
      case 'notice':
      case 'progress':
        this.#write(`${event.message}\n`);
        return;
      case 'cache-mount':
        this.#write(`${mountText(event.mount, Date.now())}\n`);
        return;
    }
  };

  #number(id: string): number {
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return number;
  }

  #output(id: string, text: string): void {
    const [first = '', ...more] = text.split('\n');
    const lines = [`${this.#rest.get(id) ?? ''}${first}`, ...more];
    const last = lines.pop() ?? '';
    if (lines.length > 0) this.#write(lines.map((line) => `#${this.#number(id)} ${line}\n`).join(''));
    this.#rest.set(id, last);
    if (last.length >= LONGEST_LINE) this.#flush(id);
  }

  #flush(id: string): void {
    const rest = this.#rest.get(id) ?? '';
    this.#rest.delete(id);
    if (rest !== '') this.#write(`#${this.#number(id)} ${rest}\n`);
  }
}
