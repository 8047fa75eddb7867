import { openHeldState } from '../../held/held-folder.ts';
import { badInput } from '../../options/problems.ts';
import { type HeldSum, itemsTable, sumsOf, sumsTable } from '../../report/held-table.ts';
import { type FlagSpecs, flagHelp, parseArguments } from '../arguments.ts';
import { stateDirOf } from '../build-flags.ts';
import type { Command } from '../command.ts';

const FLAGS: FlagSpecs = {
  format: { type: 'string', value: 'FORMAT', help: 'table or json (default: table)' },
  verbose: { type: 'boolean', short: 'v', help: 'one line for each thing that is held' },
  'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds use' },
};

/** `df`: what the state folder holds for later builds, as `docker system df` and `docker buildx du` tell it. */
export const df: Command = async (argv, terminal) => {
  const args = parseArguments(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
  if (args.flag('help') === true) {
    terminal.stdout(`Usage: ts-image-build df [FLAGS]\n\n${flagHelp(FLAGS)}\n`);
    return 0;
  }
  const [first] = args.positionals;
  if (first !== undefined) throw badInput(`df takes no argument, and there is "${first}"`);
  const format = args.text('format') ?? 'table';
  if (format !== 'table' && format !== 'json') {
    throw badInput(`--format: "${format}" is not a format`, 'It is table or json.');
  }
  const stateDir = stateDirOf(args, terminal.environment);
  await using held = await openHeldState(stateDir, () => undefined);
  const isDangling = await held.dangling();
  const sums = sumsOf(held.items, isDangling);
  const now = Date.now();
  if (format === 'json') terminal.stdout(`${JSON.stringify(document(stateDir, sums), undefined, 2)}\n`);
  else if (args.flag('verbose') === true) {
    terminal.stdout(`${itemsTable(held.items, isDangling, now)}\n${sumsTable(sums, now)}`);
  } else terminal.stdout(sumsTable(sums, now));
  if (held.unseen !== undefined) terminal.stderr(`not counted: ${held.unseen}\n`);
  return 0;
};

function document(stateDir: string, types: readonly HeldSum[]): object {
  const total = (field: 'count' | 'size' | 'reclaimable'): number =>
    types.reduce((sum, each) => sum + each[field], 0);
  return { stateDir, types, count: total('count'), size: total('size'), reclaimable: total('reclaimable') };
}
