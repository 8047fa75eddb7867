import { parseArgs } from 'node:util';
import { isolationOf } from '../../src/app/options/choices.ts';
import type { Adapter, Case, Outcome, Settings } from './adapter.ts';
import { fail, skip } from './adapter.ts';
import { adapters } from './adapters.ts';
import { type Input, inputsAt } from './inputs.ts';
import { Tally } from './tally.ts';

/** Runs vector files against the project. Exit code 0 only if nothing failed, 2 for wrong usage. */
async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      isolation: { type: 'string' },
    },
  });
  const isolation = isolationOf(values.isolation);
  if (positionals.length === 0) {
    process.stderr.write(
      'usage: npm run --silent conformance -- [--only ID] [--json] [--isolation RUNG] PATH…\n',
    );
    return 2;
  }
  const only = values.only === undefined ? undefined : new Set(values.only);
  const say = values.json === true ? () => undefined : (line: string) => process.stdout.write(`${line}\n`);
  const { loaded, broken } = await loadAdapters();
  const tallies: Tally[] = [];
  if (broken.failures.length > 0) {
    tallies.push(broken);
    tell(broken, say);
  }
  for (const path of positionals) {
    for await (const input of inputsAt(path)) {
      await using open = input;
      const tally = await runInput(open, loaded, only, { isolation });
      tallies.push(tally);
      tell(tally, say);
    }
  }
  const sum = {
    passed: total(tallies, (tally) => tally.passed),
    failed: total(tallies, (tally) => tally.failures.length),
    skipped: total(tallies, (tally) => tally.skipped),
  };
  say(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  if (values.json === true) process.stdout.write(`${JSON.stringify({ files: tallies, ...sum }, null, 2)}\n`);
  return sum.failed === 0 ? 0 : 1;
}

function tell(tally: Tally, say: (line: string) => void): void {
  for (const { id, what } of tally.failures) say(`FAIL ${tally.file} ${id}: ${what}`);
  say(tally.line());
}

function total(tallies: readonly Tally[], count: (tally: Tally) => number): number {
  return tallies.reduce((sum, tally) => sum + count(tally), 0);
}

async function loadAdapters(): Promise<{ loaded: Adapter[]; broken: Tally }> {
  const loaded: Adapter[] = [];
  const broken = new Tally('adapters');
  for (const entry of adapters) {
    try {
      loaded.push((await entry.load()).adapter);
    } catch (error) {
      broken.add(entry.name, fail(`does not load: ${messageOf(error)}`));
    }
  }
  return { loaded, broken };
}

async function runInput(
  input: Input,
  loaded: readonly Adapter[],
  only: ReadonlySet<string> | undefined,
  settings: Settings,
): Promise<Tally> {
  const tally = new Tally(input.name);
  const fitting = loaded.filter((adapter) => adapter.recognises(input.name, input.json));
  if (input.json === undefined) tally.add(input.name, fail('it is no JSON'));
  else if (fitting.length === 0) tally.add(input.name, skip('no adapter knows this format'));
  for (const adapter of fitting) await runCases(adapter, input, { only, settings, tally });
  return tally;
}

async function runCases(
  adapter: Adapter,
  input: Input,
  run: {
    readonly only: ReadonlySet<string> | undefined;
    readonly settings: Settings;
    readonly tally: Tally;
  },
): Promise<void> {
  const { only, settings, tally } = run;
  const results: { readonly id: string; outcome: Outcome }[] = [];
  const running = new Set<Promise<void>>();
  try {
    for await (const one of adapter.cases(input.json, settings)) {
      if (only !== undefined && !only.has(one.id)) continue;
      const result = { id: one.id, outcome: fail('did not end') as Outcome };
      results.push(result);
      const done = runCase(one).then((outcome) => {
        result.outcome = outcome;
        running.delete(done);
      });
      running.add(done);
      if (running.size >= (adapter.concurrency ?? 1)) await Promise.race(running);
    }
  } catch (error) {
    tally.add(adapter.name, fail(`the cases cannot be read: ${messageOf(error)}`));
  }
  await Promise.all(running);
  for (const { id, outcome } of results) tally.add(id, outcome);
}

async function runCase(one: Case): Promise<Outcome> {
  try {
    return await one.run();
  } catch (error) {
    return fail(`threw ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
