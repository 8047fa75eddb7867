import { randomUUID } from 'node:crypto';
import type { BuildEvent, StepReport } from '../../engine/engine.ts';
import { mountText } from '../report/mount-text.ts';
import { hasRunnerCommand } from '../report/runner-command.ts';
import { outcomeText } from '../report/step-text.ts';

/** The part of @actions/core that logs. */
export interface LogCore {
  info(message: string): void;
  startGroup(name: string): void;
  endGroup(): void;
}

/** Characters of a step's output that are kept until it ends; of more, what is there is written at once. */
const MOST_HELD = 1024 * 1024;

/**
 * Turns events into a job log: one group a step, written when the step ends, since steps run at the same time and groups cannot nest. A step
 * that takes long says so while it runs; the failing step is not folded, and comes last.
 */
export class ActionLog {
  readonly #core: LogCore;
  readonly #output = new Map<string, { readonly name: string; text: string }>();
  #failed: StepReport | undefined;

  constructor(core: LogCore) {
    this.#core = core;
  }

  readonly show = (event: BuildEvent): void => {
    switch (event.type) {
      case 'diagnostic':
        return;
      case 'step-started':
        this.#output.set(event.id, { name: event.name, text: '' });
        this.say(`… ${event.name}`);
        return;
      case 'step-output':
        this.#collect(event.id, event.text);
        return;
      case 'step-ended':
        this.#ended(event.step);
        return;
      case 'notice':
      case 'progress':
        this.say(event.message);
        return;
      case 'cache-mount':
        this.say(mountText(event.mount, Date.now()));
        return;
    }
  };

  /**
   * A message of ours. It may quote what strangers wrote (a Dockerfile, names of files, a server's answer, what a step printed), which must
   * not give the runner commands.
   */
  say(message: string): void {
    if (hasRunnerCommand(message)) this.#writeVerbatim(message);
    else this.#core.info(message);
  }

  /** The failing step's output as far as it is not written yet; called when nothing else will be written any more. */
  flush(): void {
    if (this.#failed === undefined) return;
    this.say(`✗ ${this.#failed.name}: ${outcomeText(this.#failed)}`);
    this.#writeOutput(this.#failed.id);
    this.#failed = undefined;
  }

  /** A text in a group of its own. */
  showText(title: string, text: string): void {
    this.#core.startGroup(title);
    this.#writeVerbatim(text);
    this.#core.endGroup();
  }

  #ended(step: StepReport): void {
    if (step.outcome.type === 'failed') {
      this.#failed ??= step;
      return;
    }
    const title = `${step.outcome.type === 'cached' ? '✓' : '●'} ${step.name}: ${outcomeText(step)}`;
    const output = this.#output.get(step.id)?.text ?? '';
    if (step.outcome.type !== 'done' && output === '') {
      this.say(title);
      return;
    }
    this.#core.startGroup(title);
    if (step.outcome.type === 'done') this.say(`not from the cache: ${step.outcome.miss}`);
    this.#writeOutput(step.id);
    this.#core.endGroup();
  }

  #collect(id: string, text: string): void {
    const output = this.#output.get(id) ?? { name: id, text: '' };
    output.text += text;
    this.#output.set(id, output);
    if (output.text.length < MOST_HELD) return;
    // Up to the last whole line, if there is one.
    const cut = output.text.lastIndexOf('\n') + 1 || output.text.length;
    this.showText(`… ${output.name}: output so far`, output.text.slice(0, cut).replace(/\n$/, ''));
    output.text = output.text.slice(cut);
  }

  #writeOutput(id: string): void {
    const output = (this.#output.get(id)?.text ?? '').replace(/\n$/, '');
    this.#output.delete(id);
    if (output !== '') this.#writeVerbatim(output);
  }

  #writeVerbatim(text: string): void {
    // Strangers' code must not give the runner commands (a line that begins with `::`): none is obeyed until the token is seen.
    const token = randomUUID();
    this.#core.info(`::stop-commands::${token}`);
    this.#core.info(text);
    this.#core.info(`::${token}::`);
  }
}
