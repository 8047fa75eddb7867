import type { BuildEvent, StepReport } from '../../engine/engine.ts';
import { formatDuration } from '../options/sizes.ts';
import { mountText } from '../report/mount-text.ts';
import { outcomeText } from '../report/step-text.ts';
import { findingText } from '../report/text.ts';
import { fitting, plainLine } from './cells.ts';

/** A terminal's size in columns and rows. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

export interface LiveSurroundings {
  readonly write: (text: string) => void;
  /** As it is now: people resize windows. */
  readonly screen: () => Screen;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly isColoured: boolean;
}

interface RunningStep {
  readonly name: string;
  readonly since: number;
  output: string;
}

/** Lines of output that are shown below a step that runs. */
const MOST_LINES = 5;
/** Characters of a step's output that are kept, for the case that it fails. */
const MOST_KEPT = 64 * 1024;
/** Characters of it that are looked at for a drawing. */
const MOST_DRAWN = 4096;

const BOLD = '1';
const DIM = '2';
const RED = '31';
const GREEN = '32';

/**
 * Progress for people who look at a terminal, as docker's `tty`: what has ended stands above for good, what runs is drawn below it again and
 * again, with the time that it takes and the last lines that it printed. Nothing that a step prints reaches the terminal as a command.
 */
export class LiveProgress {
  readonly #surroundings: LiveSurroundings;
  readonly #running = new Map<string, RunningStep>();
  readonly #begin: number;
  #ended = 0;
  #cached = 0;
  /** The drawing that stands on the screen. */
  #shown = '';

  constructor(surroundings: LiveSurroundings) {
    this.#surroundings = surroundings;
    this.#begin = surroundings.now();
  }

  readonly show = (event: BuildEvent): void => {
    switch (event.type) {
      case 'diagnostic':
        this.#keep(findingText(event.diagnostic));
        return;
      case 'step-started':
        this.#running.set(event.id, { name: event.name, since: this.#surroundings.now(), output: '' });
        this.draw();
        return;
      case 'step-output': {
        const step = this.#running.get(event.id);
        if (step !== undefined) step.output = (step.output + event.text).slice(-MOST_KEPT);
        return;
      }
      case 'step-ended':
        this.#end(event.step);
        return;
      case 'notice':
      case 'progress':
        this.#keep(event.message);
        return;
      case 'cache-mount':
        this.#keep(mountText(event.mount, Date.now()));
        return;
    }
  };

  /** Draws what runs now in the place of what was drawn before. */
  draw(): void {
    const before = this.#shown;
    const clear = this.#cleared();
    const drawing = this.#drawing();
    if (drawing !== before) this.#surroundings.write(clear + drawing);
  }

  /** Takes the drawing away. */
  clear(): void {
    this.#surroundings.write(this.#cleared());
  }

  #end(step: StepReport): void {
    const output = this.#running.get(step.id)?.output ?? '';
    this.#running.delete(step.id);
    this.#ended++;
    const { outcome } = step;
    if (outcome.type === 'cached') this.#cached++;
    const failed = outcome.type === 'failed';
    const sign = failed ? this.#in(RED, '✗') : this.#in(GREEN, outcome.type === 'cached' ? '✓' : '●');
    const lines = [`${sign} ${plainLine(oneLine(step.name))} ${this.#in(DIM, outcomeText(step))}`];
    if (outcome.type === 'done')
      lines.push(this.#in(DIM, `  not from the cache: ${plainLine(outcome.miss)}`));
    if (failed) lines.push(...untoldOutput(output, outcome.error.hint ?? ''));
    this.#write(lines);
  }

  /** A message of ours, which may quote what strangers wrote. */
  #keep(message: string): void {
    this.#write(message.split('\n').map(plainLine));
  }

  #write(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('');
    this.#surroundings.write(this.#cleared() + text + this.#drawing());
  }

  #cleared(): string {
    const rows = this.#shown.split('\n').length - 1;
    this.#shown = '';
    return rows === 0 ? '' : `\x1b[${rows}A\x1b[J`;
  }

  #drawing(): string {
    if (this.#running.size === 0) return '';
    const { columns, rows } = this.#surroundings.screen();
    // The last row is the cursor's; a full last column would make another row.
    const lines = this.#lines(Math.max(1, rows - 1)).map(
      ([style, line]) => `${this.#in(style, fitting(line, columns - 1))}\n`,
    );
    this.#shown = lines.join('');
    return this.#shown;
  }

  /** Lines with their styles, no more than there is room for. */
  #lines(room: number): readonly (readonly [string, string])[] {
    const now = this.#surroundings.now();
    const head = `[+] ${formatDuration(now - this.#begin)}, ${this.#ended} steps done, ${this.#cached} of them from the cache`;
    const shown = [...this.#running.values()].slice(0, Math.max(1, room - 2));
    const hidden = this.#running.size - shown.length;
    const free = room - 1 - shown.length - (hidden > 0 ? 1 : 0);
    const each = Math.min(MOST_LINES, Math.floor(free / shown.length));
    const lines = shown.flatMap(({ name, since, output }): (readonly [string, string])[] => [
      ['', `… ${formatDuration(now - since)} ${plainLine(oneLine(name))}`],
      ...(each > 0 ? outputLines(output.slice(-MOST_DRAWN)).slice(-each) : []).map(
        (line) => [DIM, `  │ ${line}`] as const,
      ),
    ]);
    const rest = hidden > 0 ? [['', `… and ${hidden} more`] as const] : [];
    return [[BOLD, head] as const, ...lines, ...rest].slice(0, room);
  }

  #in(style: string, text: string): string {
    return this.#surroundings.isColoured && style !== '' ? `\x1b[${style}m${text}\x1b[0m` : text;
  }
}

/** Heredocs have names of several lines. */
function oneLine(name: string): string {
  return name.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Nothing where the error, which comes below it, tells all of it. */
function untoldOutput(output: string, told: string): readonly string[] {
  const lines = outputLines(output);
  return outputLines(told).join('\n').includes(lines.join('\n')) ? [] : lines.map((line) => `  ${line}`);
}

function outputLines(output: string): readonly string[] {
  return output
    .split('\n')
    .map(plainLine)
    .filter((line) => line.trim() !== '');
}
