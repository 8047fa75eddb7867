import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inBlocks } from '../../../src/image/layer/blocks.ts';

test('pieces of one size, the same bytes in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 64 }),
      async (parts, size) => {
        async function* source(): AsyncGenerator<Uint8Array> {
          yield* parts;
        }
        const pieces: Uint8Array[] = [];
        for await (const piece of inBlocks(source(), size)) pieces.push(piece);
        expect(Buffer.concat(pieces)).toEqual(Buffer.concat(parts));
        expect(pieces.slice(0, -1).every(({ length }) => length === size)).toBe(true);
        expect(pieces.every(({ length }) => length > 0 && length <= size)).toBe(true);
      },
    ),
  );
});
