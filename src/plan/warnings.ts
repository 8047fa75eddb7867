import type { SourceRange } from '../base/errors.ts';
import { nearest } from '../dockerfile/suggest.ts';
import type { PlanWarning } from './options.ts';

/** Collects findings of build checks; texts are ours, rule names BuildKit's. */
export class Warnings {
  readonly #list: PlanWarning[] = [];

  get all(): readonly PlanWarning[] {
    return this.#list;
  }

  add(rule: string, message: string, at: SourceRange): void {
    this.#list.push({ rule, message, at });
  }

  undefinedVariable(name: string, known: readonly string[], at: SourceRange): void {
    this.add('UndefinedVar', `$${name} is not set here${alternative(name, known)}`, at);
  }

  undefinedInFrom(name: string, known: readonly string[], at: SourceRange): void {
    const text = `FROM uses $${name}, which no ARG before the first FROM declares`;
    this.add('UndefinedArgInFrom', text + alternative(name, known), at);
  }
}

function alternative(name: string, known: readonly string[]): string {
  const option = nearest(name, known);
  return option === undefined ? '' : `; did you mean $${option}?`;
}

const SECRET = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:^|_)(?:public|file|version)(?:_|$)/i;

/** Does the name of a variable say that its value is a secret? */
export function namesSecret(name: string): boolean {
  return SECRET.test(name) && !HARMLESS.test(name);
}
