import { expect, test } from '@jest/globals';
import { BuildError } from '../../../src/base/errors.ts';
import { RelayWorker } from '../../../src/worker/process/relay-worker.ts';
import type { RunRequest, Worker } from '../../../src/worker/worker.ts';
import { ScriptedWorker } from '../../support/scripted-worker.ts';

const noIsolation = (message: string): BuildError =>
  new BuildError({ kind: 'environment', code: 'NO_ISOLATION', message });
const request = (id: string): RunRequest => ({
  id,
  root: [],
  args: [id],
  env: [],
  cwd: '/',
  user: '',
  mounts: [],
  network: 'default',
  hostname: 'x',
  extraHosts: [],
});
const quiet = { onOutput: () => undefined };

/** One on which no step can be run; the second to ask finds it ended by the first. */
function useless(): ScriptedWorker {
  let asked = 0;
  return new ScriptedWorker(() => {
    asked++;
    throw asked === 1
      ? noIsolation('nothing works')
      : new BuildError({ kind: 'environment', code: 'WORKER_DIED', message: 'it ended' });
  });
}

test('steps that find out together that a worker can run none are all run by the one that follows it', async () => {
  const [first, second] = [useless(), new ScriptedWorker(() => ({}))];
  const why: string[] = [];
  const worker = new RelayWorker(await first.start(), async (refused: Worker, error) => {
    why.push(error.message);
    await refused[Symbol.asyncDispose]();
    return await second.start();
  });
  const runs = await Promise.all(['a', 'b', 'c'].map((id) => worker.run(request(id), quiet)));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect([why, first.disposed, second.started]).toEqual([['nothing works'], 1, 1]);
  expect(second.requests.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  await worker[Symbol.asyncDispose]();
  expect([first.disposed, second.disposed]).toEqual([1, 1]);
});

test('without one that follows, each step and whatever comes later is told so', async () => {
  const first = useless();
  let asked = 0;
  const worker = new RelayWorker(await first.start(), () => {
    asked++;
    return Promise.reject(noIsolation('all reasons'));
  });
  const runs = await Promise.allSettled(['a', 'b'].map((id) => worker.run(request(id), quiet)));
  const later = await Promise.allSettled([worker.run(request('c'), quiet), worker.isolation()]);
  for (const each of [...runs, ...later])
    expect(each).toMatchObject({
      status: 'rejected',
      reason: { code: 'NO_ISOLATION', message: 'all reasons' },
    });
  expect(asked).toBe(1);
  await worker[Symbol.asyncDispose]();
});

test('any other error is that of the call', async () => {
  const first = new ScriptedWorker(() => {
    throw new BuildError({ kind: 'environment', code: 'ISOLATION_FAILED', message: 'this step' });
  });
  const worker = new RelayWorker(await first.start(), () => Promise.reject(noIsolation('not asked for')));
  await expect(worker.run(request('a'), quiet)).rejects.toMatchObject({ code: 'ISOLATION_FAILED' });
  expect(first.started).toBe(1);
});
