import type { LintStage } from './context.ts';

/**
 * What a stage says of itself, else what the nearest of the stages that it is built from says. Each stage is looked at once, however long the chains
 * are that it is part of.
 */
export function inherited<T>(own: (stage: LintStage) => T | undefined): (stage: LintStage) => T | undefined {
  const known = new WeakMap<LintStage, { readonly value: T | undefined }>();
  return (stage) => {
    const way: LintStage[] = [];
    let value: T | undefined;
    for (let at: LintStage | undefined = stage; at !== undefined; at = at.parent) {
      const before = known.get(at);
      value = before === undefined ? own(at) : before.value;
      if (before !== undefined) break;
      way.push(at);
      if (value !== undefined) break;
    }
    for (const at of way) known.set(at, { value });
    return value;
  };
}
