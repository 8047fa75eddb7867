import { chainIdOf, type DiffId } from '../../image/digest.ts';
import type { LayerStack } from '../worker.ts';
import type { LayerStore, UnpackedLayer } from './layer-store.ts';

/** No layer has it: tells what a step left on a stack; on another stack its marks would hide other things. */
const LEFT = `sha256:${'2'.repeat(64)}` as string as DiffId;

/** Names what a step left: by the whole stack that shows it. */
export function leftKey(diffIds: readonly DiffId[]): DiffId {
  return chainIdOf([...diffIds, LEFT]) as string as DiffId;
}

/** overlayfs takes a folder once only. Of equal layers the topmost one hides, and deletes, all that the lower ones do. */
export function withoutRepeats(stack: LayerStack): LayerStack {
  return stack.filter((layer, i) => stack.findLastIndex((other) => other.diffId === layer.diffId) === i);
}

/** A stack's layers, none twice: as steps left them, or unpacked. */
export async function unpackedStack(
  stack: LayerStack,
  store: LayerStore,
  signal?: AbortSignal,
): Promise<UnpackedLayer[]> {
  const diffIds = stack.map(({ diffId }) => diffId);
  return await Promise.all(
    stack.map(async (layer, i) => {
      const left = await store.find(leftKey(diffIds.slice(0, i + 1)));
      return left ?? store.ensure(layer, signal);
    }),
  );
}
