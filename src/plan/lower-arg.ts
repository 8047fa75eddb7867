import type { ArgInstruction } from '../dockerfile/ast.ts';
import { reportSecret } from './lower-config.ts';
import { expand, NOT_IN_ENVIRONMENT, record, type Step } from './step.ts';

/** ARG: build arg, else its default, else the global value; without any it is declared and not set. Names see each other in order. */
export function lowerArg(step: Step, instruction: ArgInstruction): void {
  const { state } = step;
  const shown: string[] = [];
  for (const { key, value } of instruction.pairs) {
    const name = key.value;
    reportSecret(step, 'ARG', name);
    const set = givenValue(step, name, value?.value);
    if (set !== undefined && !NOT_IN_ENVIRONMENT.has(name)) state.env = state.env.with(name, set);
    state.args = [...state.args, { name, value: set }];
    shown.push(set === undefined ? name : `${name}=${set}`);
  }
  record(step, `ARG ${shown.join(' ')}`);
}

function givenValue(step: Step, name: string, text: string | undefined): string | undefined {
  const given = step.context.buildArgs.get(name);
  if (given !== undefined) return given;
  return text === undefined ? step.context.globals.get(name) : expand(step, text);
}

const PROXIES: readonly string[] = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

/** `NAME=value` in both cases for each proxy that the build args name; the lower-case arg wins. */
export function proxyEnvOf(buildArgs: ReadonlyMap<string, string>): readonly string[] {
  return PROXIES.flatMap((name) => {
    const spelling = [...buildArgs.keys()]
      .filter((key) => key.toLowerCase() === name)
      .sort()
      .at(-1);
    const value = spelling === undefined ? undefined : buildArgs.get(spelling);
    return value === undefined ? [] : [`${name.toUpperCase()}=${value}`, `${name}=${value}`];
  });
}
