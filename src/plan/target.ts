import { normalisePlatform } from '../image/platform.ts';
import type { ContainerConfig, Platform } from '../image/types.ts';
import type { Target } from './graph.ts';
import type { StageState } from './stage-state.ts';
import type { PlanContext } from './step.ts';

/** The image of a platform from the last state of its stage. */
export function finishTarget(context: PlanContext, state: StageState): Target {
  const platform = imagePlatform(context, state.facts.platform);
  const { labels } = context.options;
  const config =
    Object.keys(labels).length === 0
      ? state.config
      : { ...state.config, Labels: { ...state.config.Labels, ...labels } };
  return {
    platform,
    vertex: state.vertex,
    chain: state.chain,
    config: {
      ...platform,
      ...(state.facts.author === undefined ? {} : { author: state.facts.author }),
      config: withoutEmpty(config),
    },
    history: state.history,
    baseHistory: state.baseHistory,
    ...(state.base === undefined ? {} : { base: state.base }),
  };
}

/** What was asked for, whatever the base says; variant and version of the base stay when nothing else is known of them. */
function imagePlatform({ options, target }: PlanContext, base: Platform): Platform {
  if (options.implicitPlatform === true) return normalisePlatform(base);
  const same = target.os === base.os && target.architecture === base.architecture;
  const variant = target.variant ?? (same ? base.variant : undefined);
  const version = target['os.version'] ?? (same ? base['os.version'] : undefined);
  return normalisePlatform({
    os: target.os,
    architecture: target.architecture,
    ...(variant === undefined ? {} : { variant }),
    ...(version === undefined ? {} : { 'os.version': version }),
  });
}

/** Empty lists, maps and texts are left out, as Go's encoder leaves them out. */
function withoutEmpty(config: ContainerConfig): ContainerConfig {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === undefined || value === null || value === false;
}
