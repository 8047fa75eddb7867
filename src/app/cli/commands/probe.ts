import { isolationOf } from '../../options/choices.ts';
import { badInput } from '../../options/problems.ts';
import { workerFor } from '../../worker.ts';
import { type FlagSpecs, flagHelp, parseArguments } from '../arguments.ts';
import { stateDirOf } from '../build-flags.ts';
import type { Command } from '../command.ts';

const FLAGS: FlagSpecs = {
  isolation: { type: 'string', value: 'RUNG', help: 'look at this rung alone (default: auto)' },
  'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds would use' },
};

/** `probe`: starts the worker as a build would, and tells what it found. */
export const probe: Command = async (argv, terminal) => {
  const args = parseArguments(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
  if (args.flag('help') === true) {
    terminal.stdout(`Usage: ts-image-build probe [FLAGS]\n\n${flagHelp(FLAGS)}\n`);
    return 0;
  }
  const [first] = args.positionals;
  if (first !== undefined) throw badInput(`probe takes no argument, and there is "${first}"`);
  const stateDir = stateDirOf(args, terminal.environment);
  const start = workerFor({
    stateDir,
    isolation: isolationOf(args.text('isolation')),
    onNotice: () => undefined,
  });
  await using worker = await start(terminal.signal);
  const { rung, snapshotter, privilege, reasons, limits } = await worker.isolation();
  terminal.stdout(
    [
      `isolation:   ${rung}`,
      `snapshotter: ${snapshotter}`,
      `worker runs: ${privilege}`,
      ...reasons.map((reason) => `not better:  ${reason}`),
      ...limits.map((limit) => `limit:       ${limit}`),
      '',
    ].join('\n'),
  );
  return 0;
};
