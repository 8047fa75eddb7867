import { collectGarbage } from '../../../cache/backends/local/gc.ts';
import type { HeldItem } from '../../../cache/backends/local/held-item.ts';
import { openHeldState } from '../../held/held-folder.ts';
import { earlier, usedByBuilds } from '../../held/tidy.ts';
import { badInput, InputProblems } from '../../options/problems.ts';
import { formatSize, parseSize } from '../../options/sizes.ts';
import { parseUntil } from '../../options/until.ts';
import { sumsOf } from '../../report/held-table.ts';
import { type FlagSpecs, flagHelp, type ParsedArguments, parseArguments } from '../arguments.ts';
import { stateDirOf } from '../build-flags.ts';
import type { Command, Terminal } from '../command.ts';

const FLAGS: FlagSpecs = {
  all: { type: 'boolean', short: 'a', help: 'also what later builds could use' },
  filter: {
    type: 'string',
    multiple: true,
    value: 'FILTER',
    help: 'until=24h: only what was not used for so long',
  },
  force: { type: 'boolean', short: 'f', help: 'do not ask' },
  'keep-storage': { type: 'string', value: 'SIZE', help: 'stop when no more than this is left' },
  'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds use' },
};

/** `prune`: deletes from the state folder, as `docker builder prune` does, and safely beside running builds. */
export const prune: Command = async (argv, terminal) => {
  const args = parseArguments(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
  if (args.flag('help') === true) {
    terminal.stdout(`Usage: ts-image-build prune [FLAGS]\n\n${flagHelp(FLAGS)}\n`);
    return 0;
  }
  const { all, until, maxSize, force } = pruneOptions(args, Date.now());
  if (!force && !(await isConfirmed(all, terminal))) {
    terminal.stderr('Nothing is deleted.\n');
    return 1;
  }
  const stateDir = stateDirOf(args, terminal.environment);
  const usedBefore = await usedByBuilds(stateDir);
  await using held = await openHeldState(stateDir, () => undefined);
  const isDangling = await held.dangling();
  const keepSince = earlier(usedBefore, await usedByBuilds(stateDir));
  const { before, after, deleted } = await collectGarbage(held.items, {
    maxSize,
    keepSince,
    only: (item) => (all || isDangling(item)) && item.lastUsed.getTime() < until,
  });
  await held.finish();
  terminal.stdout(`${deletedText(deleted)}Total reclaimed space: ${formatSize(before - after)}\n`);
  if (held.unseen !== undefined) terminal.stderr(`not looked at: ${held.unseen}\n`);
  if (keepSince !== undefined) terminal.stderr('A build is running: what it may use is left.\n');
  return 0;
};

interface PruneOptions {
  readonly all: boolean;
  readonly force: boolean;
  /** Only what was used before this goes. Milliseconds since 1970. */
  readonly until: number;
  /** Bytes; less than nothing: no limit, all goes. */
  readonly maxSize: number;
}

function pruneOptions(args: ParsedArguments, now: number): PruneOptions {
  const problems = new InputProblems();
  const [first] = args.positionals;
  if (first !== undefined) problems.add('prune', `it takes no argument, and there is "${first}"`);
  const until = args.list('filter').map((filter) => problems.attempt('--filter', () => untilOf(filter, now)));
  const keep = args.text('keep-storage');
  const maxSize = keep === undefined ? undefined : problems.attempt('--keep-storage', () => parseSize(keep));
  problems.throwIfAny();
  return {
    all: args.flag('all') ?? false,
    force: args.flag('force') ?? false,
    until: Math.min(Number.POSITIVE_INFINITY, ...until.map((time) => time ?? Number.POSITIVE_INFINITY)),
    maxSize: maxSize ?? -1,
  };
}

function untilOf(filter: string, now: number): number {
  const [name = '', ...value] = filter.split('=');
  if (name === 'until' && value.length > 0) return parseUntil(value.join('='), now);
  throw badInput(`"${filter}" is not a filter that there is`, 'It is until=24h or the like.');
}

async function isConfirmed(all: boolean, terminal: Terminal): Promise<boolean> {
  const what = all ? 'all that builds left for later ones' : 'all that no later build can use';
  terminal.stderr(`WARNING! This will remove ${what}. Are you sure you want to continue? [y/N] `);
  let text = '';
  for await (const chunk of terminal.stdin()) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n')) break;
  }
  return /^y(?:es)?$/i.test((text.split('\n')[0] ?? '').trim());
}

/** `Deleted 3 layers, 1.2 GB` and so on, one line for each kind. */
function deletedText(deleted: readonly HeldItem[]): string {
  return sumsOf(deleted, () => false)
    .filter(({ count }) => count > 0)
    .map(({ type, count, size }) => `Deleted ${type}: ${count}, ${formatSize(size)}\n`)
    .join('');
}
