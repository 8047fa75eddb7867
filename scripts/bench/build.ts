// Times builds with this package beside docker buildx (BuildKit), in turn: `node scripts/bench/build.ts [FLAGS]`. Needs dist/, root, and a
// registry that has library/busybox:latest and library/node:24-slim. Without a Docker daemon only this package is timed. Figures of a machine that does
// other work are noisy: compare ratios, not seconds.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Builder, type Job, timed } from './builder.ts';
import { buildx, ourBuilder } from './builders.ts';
import { type CachePlaces, cachePlaces } from './cache-place.ts';
import { ABOUT, Figures, MODES, type Mode } from './figures.ts';
import type { Workload } from './workload.ts';
import { WORKLOADS } from './workloads.ts';

const HELP = `node scripts/bench/build.ts [FLAGS]
  --work NAME,…        ${WORKLOADS.map(({ name }) => name).join(', ')} (default: all)
  --modes MODE,…       ${MODES.join(', ')} (default: all; each needs those before it that keep its state)
  --runs N             rounds (default: 3)
  --scale X            size of many-files and big-file in parts of the full one (default: 0.2)
  --registry HOST      default: 127.0.0.1:5000
  --cache KIND         where seed, fresh and fresh changed keep their cache: registry or gha, an emulated Actions cache (default: registry)
  --docker COMMAND     default: docker
  --docker-reset SH    shell command that starts the daemon anew on an empty data folder (default: prune, whose deleting slows some disks)
  --cli PATH           bundle to time (default: this checkout's dist/cli/index.js)
  --only NAME          ours or buildx
  --json PATH          all figures, too`;

const { values: flags } = parseArgs({
  options: {
    work: { type: 'string' },
    modes: { type: 'string' },
    runs: { type: 'string', default: '3' },
    scale: { type: 'string', default: '0.2' },
    registry: { type: 'string', default: '127.0.0.1:5000' },
    cache: { type: 'string', default: 'registry' },
    docker: { type: 'string', default: 'docker' },
    'docker-reset': { type: 'string' },
    cli: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (flags.help) console.log(HELP);
else await main();

async function main(): Promise<void> {
  const workloads = WORKLOADS.filter(({ name }) => flags.work?.split(',').includes(name) ?? true);
  const modes = new Set<Mode>(MODES.filter((mode) => flags.modes?.split(',').includes(mode) ?? true));
  await using places = await cachePlaces(flags.cache);
  await using ours = await ourBuilder(flags.cli);
  const builders = (await chosen(ours)).filter(({ name }) => name === (flags.only ?? name));
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const figures = new Figures();
  try {
    for (const workload of workloads) {
      const context = join(folder, workload.name);
      await mkdir(context);
      await workload.write(context, { registry: flags.registry, scale: Number(flags.scale) });
      for (let round = 1; round <= Number(flags.runs); round++) {
        for (const builder of builders)
          await run({ workload, context, builder, round, modes, figures, places });
      }
      await rm(context, { recursive: true });
      console.log(
        `${figures.table(
          [workload.name],
          builders.map(({ name }) => name),
        )}\n`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    for (const builder of builders) await builder.reset();
  }
  const names = workloads.map(({ name }) => name);
  for (const { name, about } of builders) console.log(`- ${name}: ${about}`);
  for (const { name, about } of workloads) console.log(`- ${name}: ${about}`);
  for (const mode of MODES.filter((each) => modes.has(each))) console.log(`- ${mode}: ${ABOUT[mode]}`);
  console.log(`- cache: ${places.about}`);
  console.log(`- scale ${flags.scale}, load of the machine at the end ${loadavg()[0]?.toFixed(1)}`);
  console.log(
    `\nSeconds of build and push, median (lowest-highest; runs)\n\n${figures.table(
      names,
      builders.map(({ name }) => name),
    )}`,
  );
  if (flags.json !== undefined) await writeFile(flags.json, JSON.stringify(figures.toJson(), null, 1));
}

async function chosen(ours: Builder): Promise<readonly Builder[]> {
  if (flags.only === 'ours') return [ours];
  const peer = await buildx(flags.docker, flags['docker-reset']);
  if (typeof peer !== 'string') return [ours, peer];
  console.log(`Only this package is timed: ${peer}`);
  return [ours];
}

interface Round {
  readonly workload: Workload;
  readonly context: string;
  readonly builder: Builder;
  readonly round: number;
  readonly modes: ReadonlySet<Mode>;
  readonly figures: Figures;
  readonly places: CachePlaces;
}

/** Repositories are new in each round, so that nothing is there when it begins. */
async function run({ workload, context, builder, round, modes, figures, places }: Round): Promise<void> {
  const stamp = `${Date.now().toString(36)}-${round}`;
  const name = `${flags.registry}/bench/${workload.name}-${builder.name}-${stamp}`;
  const plain: Job = { context, reference: `${name}:1` };
  const cached: Job = { context, reference: `${name}-cached:1`, cache: places.fresh(name) };
  const time = async (mode: Mode, job: Job): Promise<void> => {
    const seconds = await timed(builder.command(job));
    if (modes.has(mode)) figures.add(workload.name, mode, builder.name, seconds);
    console.log(`${workload.name} ${mode} ${builder.name} ${seconds.toFixed(2)}`);
  };
  const some = (...wanted: readonly Mode[]): boolean => wanted.some((mode) => modes.has(mode));
  const change = (to: number): Promise<void> => workload.change(context, to);
  await change(0);
  if (some('cold', 'warm', 'changed')) {
    await builder.reset();
    await time('cold', plain);
    if (some('warm')) await time('warm', plain);
    await change(round);
    if (some('changed')) await time('changed', plain);
    await change(0);
  }
  if (!some('seed', 'fresh', 'fresh changed')) return;
  await builder.reset();
  await time('seed', cached);
  if (some('fresh')) {
    await builder.reset();
    await time('fresh', cached);
  }
  if (some('fresh changed')) {
    await builder.reset();
    await change(round);
    await time('fresh changed', cached);
  }
}
