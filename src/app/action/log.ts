import { randomUUID } from 'node:crypto';
import type { BuildEvent, StepReport } from '../../engine/engine.ts';
import { mountText } from '../report/mount-text.ts';
import { outcomeText } from '../report/step-text.ts';

/** The part of @actions/core that logs. */
export interface LogCore {
  info(message: string): void;
  startGroup(name: string): void;
  endGroup(): void;
}

/**
 * Turns events into a job log: one group a step, written when the step ends, since steps run at the same time and groups cannot nest. A step
 * that takes long says so while it runs; the failing step is not folded, and comes last.
 */
export class ActionLog {
  readonly #core: LogCore;
  readonly #output = new Map<string, string>();
  #failed: StepReport | undefined;

  constructor(core: LogCore) {
    this.#core = core;
  }

  readonly show = (event: BuildEvent): void => {
    switch (event.type) {
      case 'diagnostic':
        return;
      case 'step-started':
        this.#output.set(event.id, '');
        this.#core.info(`… ${event.name}`);
        return;
      case 'step-output':
        this.#output.set(event.id, (this.#output.get(event.id) ?? '') + event.text);
        return;
      case 'step-ended':
        this.#ended(event.step);
        return;
      case 'notice':
      case 'progress':
        this.#core.info(event.message);
        return;
      case 'cache-mount':
        this.#core.info(mountText(event.mount, Date.now()));
        return;
    }
  };

  /** The failing step's whole output; called when nothing else will be written any more. */
  flush(): void {
    if (this.#failed === undefined) return;
    this.#core.info(`✗ ${this.#failed.name}: ${outcomeText(this.#failed)}`);
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
    const output = this.#output.get(step.id) ?? '';
    if (step.outcome.type !== 'done' && output === '') {
      this.#core.info(title);
      return;
    }
    this.#core.startGroup(title);
    if (step.outcome.type === 'done') this.#core.info(`not from the cache: ${step.outcome.miss}`);
    this.#writeOutput(step.id);
    this.#core.endGroup();
  }

  #writeOutput(id: string): void {
    const output = (this.#output.get(id) ?? '').replace(/\n$/, '');
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
