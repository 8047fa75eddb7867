// One job of a runner, in a process of its own: cache-runner.ts save|load TRANSPORT NAME... Prints what it found as JSON.
import { tmpdir } from 'node:os';
import { openActionsCache } from '../../src/cache/backends/actions/open.ts';
import { bytesOf, sampleLayer } from './cache-records.ts';

const [verb, transport, ...names] = process.argv.slice(2);
const before = JSON.stringify(process.env);
const cache = await openActionsCache({
  environment: process.env,
  scope: 'app',
  platform: 'linux/amd64',
  stateDir: tmpdir(),
  transport: transport === 'toolkit' ? 'toolkit' : 'direct',
});
const hits: string[] = [];
for (const [i, name] of names.entries()) {
  // The same bytes in every process; of sizes that go inline, into a pack and on their own.
  const bytes = Buffer.alloc([100, 100_000, 5_000_000][i % 3] ?? 0, name);
  const { record, open } = sampleLayer(name, { bytes, entries: 4 });
  const found = await cache.lookup(record.key, record.step);
  const read = found.record && (await bytesOf(await cache.openBlob(record.layer!.descriptor)));
  if (read?.equals(bytes)) hits.push(name);
  else if (verb === 'save') cache.save(record, open);
}
const report = await cache.finish();
const sameEnvironment = before === JSON.stringify(process.env);
process.stdout.write(`\nRESULT ${JSON.stringify({ hits, report, sameEnvironment })}\n`);
