import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { makeProbeFolder } from '../sandbox/device-probe.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Ground } from './ground.ts';
import { trySandbox } from './trial.ts';
import { type FoundWay, findWays, sandboxOf, type Way } from './ways.ts';

/** What a step is run with. */
export interface StepSandbox {
  readonly sandbox: Sandbox;
  readonly found: FoundWay;
}

/**
 * The ways to run steps. The best one that may work is used at once; whether it does shows with the first step that it starts. Where it cannot
 * start one, a trial tells whether that lies with the step or with the way, and then the next way takes its place.
 */
export class Sandboxes {
  /** One line for each better way that does not work. */
  readonly reasons: string[] = [];
  readonly #ground: Ground;
  readonly #ways: AsyncGenerator<FoundWay>;
  readonly #onProven = Promise.withResolvers<Way>();
  #current: StepSandbox | undefined;
  #judging: Promise<void> | undefined;
  #probeFolder: Promise<string | undefined> | undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#ways = findWays(ground, this.reasons);
  }

  /** Of a way that is known to work: no other one is tried. */
  static of(way: Way, reasons: readonly string[], ground: Ground): Sandboxes {
    const known = new Sandboxes(ground);
    known.reasons.push(...reasons);
    known.#settle({ way, label: '', tried: true });
    return known;
  }

  /** Finds the first way that may work. */
  async begin(): Promise<void> {
    const { value, done } = await this.#ways.next();
    if (done === true) this.#current = undefined;
    else if (value.tried) this.#settle(value);
    else this.#current = { found: value, sandbox: sandboxOf(value.way, this.#ground, await this.#probe()) };
  }

  /** Never comes when none works. */
  get proven(): Promise<Way> {
    return this.#onProven.promise;
  }

  /**
   * @param mustBeTried for a step that cannot show it: one that may open every device
   * @throws BuildError `NO_ISOLATION`
   */
  async next(mustBeTried: boolean): Promise<StepSandbox> {
    for (;;) {
      await this.#judging;
      const current = this.#current;
      if (current === undefined) {
        const message = this.reasons.join('; ');
        throw new BuildError({ kind: 'environment', code: 'NO_ISOLATION', message });
      }
      if (current.found.tried || !mustBeTried) return current;
      await this.#judge(current);
    }
  }

  /** A step's process runs: the way has made everything that it needs, and kept it from devices. */
  started({ found }: StepSandbox): void {
    if (!found.tried && this.#current?.found === found) this.#settle(found);
  }

  /** A step's process was not started. Whether the step is to be run again, with what `next` gives. */
  async failed(step: StepSandbox): Promise<boolean> {
    if (step.found.tried) return false;
    if (this.#current === step) await this.#judge(step);
    return this.#current?.found.way !== step.found.way;
  }

  /** One trial, whoever waits for it. */
  #judge(step: StepSandbox): Promise<void> {
    this.#judging ??= this.#tryOut(step).finally(() => {
      this.#judging = undefined;
    });
    return this.#judging;
  }

  async #tryOut(step: StepSandbox): Promise<void> {
    const { way, label } = step.found;
    const refusal = await trySandbox(sandboxOf(way, this.#ground), this.#ground.ram);
    // Another step has shown meanwhile that it works.
    if (this.#current !== step) return;
    if (refusal === undefined) {
      this.#settle(step.found);
      return;
    }
    this.reasons.push(`${label}: ${refusal}`);
    await this.begin();
  }

  #settle({ way, label }: FoundWay): void {
    this.#current = { found: { way, label, tried: true }, sandbox: sandboxOf(way, this.#ground) };
    this.#onProven.resolve(way);
  }

  #probe(): Promise<string | undefined> {
    this.#probeFolder ??= makeProbeFolder(join(this.#ground.ram, 'probe'));
    return this.#probeFolder;
  }
}
