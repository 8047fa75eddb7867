import { encodeInlineKeys, INLINE_ANNOTATION, type InlineKey } from '../../cache/inline-keys.ts';
import { ignoresParent } from '../../plan/cache-key.ts';
import type { Target } from '../../plan/graph.ts';
import type { VertexKeys } from './keys.ts';
import type { Solver } from './solver.ts';

/** The annotation that makes an image a cache of its own layers. The same build gives the same, wherever its results come from. */
export async function inlineAnnotation(
  { chain }: Target,
  solver: Solver,
  keys: VertexKeys,
): Promise<Readonly<Record<string, string>>> {
  const steps = await Promise.all(
    chain.map(async (id): Promise<InlineKey | undefined> => {
      const { op } = solver.vertex(id);
      if (op.kind !== 'run' && op.kind !== 'copy' && op.kind !== 'mkdir') return undefined;
      if ((await solver.result(id)).layer === undefined) return undefined;
      return { key: (await keys.of(id)).key, anywhere: ignoresParent(op) };
    }),
  );
  return { [INLINE_ANNOTATION]: encodeInlineKeys(steps.filter((step) => step !== undefined)) };
}
