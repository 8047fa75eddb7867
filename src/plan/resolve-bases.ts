import { type BuildError, throwAll, toBuildError } from '../base/errors.ts';
import { parseReference } from '../image/reference.ts';
import { type BaseSource, baseSourceOf } from './bases.ts';
import type { NamedContexts } from './named-contexts.ts';
import { triggersOf } from './onbuild.ts';
import { type ImageRequest, imageRequestKey, type ResolvedBase } from './options.ts';
import type { StageNode } from './stage-node.ts';
import { reachableFrom, type StageTable } from './stage-table.ts';
import type { PlanContext } from './step.ts';

export interface Resolution {
  /** Stages and images that the target needs. */
  readonly reachable: ReadonlySet<StageNode>;
  /** What each of those stands on that is FROM no other stage. */
  readonly sources: ReadonlyMap<StageNode, BaseSource>;
  /** Images that have to be known first. */
  readonly missing: readonly ImageRequest[];
}

/**
 * Finds what each reachable stage stands on, and puts the triggers of bases in front of its instructions; they may read from more
 * stages and images, which are looked at then.
 * @throws BuildError
 */
export function resolveBases(
  table: StageTable,
  target: StageNode,
  context: Pick<PlanContext, 'target' | 'options'>,
  contexts: NamedContexts,
  resolved: ReadonlyMap<string, ResolvedBase>,
): Resolution {
  const sources = new Map<StageNode, BaseSource>();
  const errors: BuildError[] = [];
  for (;;) {
    const reachable = reachableStages(table, target, context);
    errors.push(...badNames(table, reachable, context, contexts));
    const missing: ImageRequest[] = [];
    for (const node of reachable) {
      try {
        const request = resolve(node, { table, context, contexts, resolved, sources });
        if (request !== undefined) missing.push(request);
      } catch (error) {
        errors.push(toBuildError(error));
      }
    }
    throwAll(errors);
    if (!addTriggers(table, reachable, errors)) {
      throwAll(errors);
      return { reachable, sources, missing };
    }
  }
}

function reachableStages(
  table: StageTable,
  target: StageNode,
  { options }: Pick<PlanContext, 'options'>,
): ReadonlySet<StageNode> {
  if (options.allStages !== true) return reachableFrom(target);
  return new Set([target, ...table.stages].flatMap((node) => [...reachableFrom(node)]));
}

/** Of stages and images that nothing needs only the names are looked at, as BuildKit does it: one of them may be misspelt. */
function badNames(
  table: StageTable,
  reachable: ReadonlySet<StageNode>,
  context: Pick<PlanContext, 'target'>,
  contexts: NamedContexts,
): readonly BuildError[] {
  return [...table.stages, ...table.images].flatMap((node) => {
    if (reachable.has(node) || node.base !== undefined || canBeImage(node.baseName)) return [];
    try {
      baseSourceOf(node, context, contexts, table.names);
      return [];
    } catch (error) {
      return [toBuildError(error)];
    }
  });
}

function canBeImage(name: string): boolean {
  try {
    parseReference(name);
    return true;
  } catch {
    return false;
  }
}

interface Search {
  readonly table: StageTable;
  readonly context: Pick<PlanContext, 'target'>;
  readonly contexts: NamedContexts;
  readonly resolved: ReadonlyMap<string, ResolvedBase>;
  readonly sources: Map<StageNode, BaseSource>;
}

/** The image that is missing, if one is. */
function resolve(node: StageNode, search: Search): ImageRequest | undefined {
  if (node.base !== undefined || node.resolved !== undefined) return undefined;
  const { table, context, contexts, resolved, sources } = search;
  const source = sources.get(node) ?? baseSourceOf(node, context, contexts, table.names);
  sources.set(node, source);
  if (source.kind !== 'image') return undefined;
  node.resolved = resolved.get(imageRequestKey(source.request));
  return node.resolved === undefined ? source.request : undefined;
}

/** True when there are new stages or images to look at. */
function addTriggers(table: StageTable, reachable: ReadonlySet<StageNode>, errors: BuildError[]): boolean {
  let more = false;
  for (const node of reachable) {
    if (node.triggersRead || (node.base === undefined && node.resolved === undefined)) continue;
    node.triggersRead = true;
    if (node.replacement !== undefined) continue;
    try {
      more = table.prepend(node, triggersOf(node)) || more;
    } catch (error) {
      errors.push(toBuildError(error).located(node.at));
    }
  }
  return more;
}
