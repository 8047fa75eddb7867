import { PassThrough, Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { drainOf } from '../../src/app/drain.ts';

test('nobody waits for a reader that is not behind', () => {
  const stream = new PassThrough();
  const drained = drainOf(stream);
  stream.write('x');
  expect(drained()).toBeUndefined();
});

test('a reader that is behind is waited for, each time, and no listener is left', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const drained = drainOf(stream);
  for (let round = 0; round < 20; round++) {
    stream.write('much too long');
    let isDone = false;
    const wait = drained()?.then(() => {
      isDone = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    stream.read();
    await wait;
    expect(isDone).toBe(true);
  }
  for (const name of ['drain', 'error']) expect(stream.listenerCount(name)).toBe(0);
});

test('a reader that goes away is not waited for', async () => {
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => setImmediate(done, new TypeError('gone')),
  });
  stream.write('much');
  await drainOf(stream)();
  expect(drainOf(stream)()).toBeUndefined();
});
