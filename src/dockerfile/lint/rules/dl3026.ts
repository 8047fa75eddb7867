import type { SourceRange } from '../../../base/errors.ts';
import type { Instruction } from '../../ast.ts';
import { type LintContext, mountFields } from '../context.ts';
import { resolveImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

/** Only with a list of trusted registries. */
export const dl3026: LintRule = {
  id: 'DL3026',
  severity: 'error',
  security: 6.5,
  title: 'Images come from trusted registries',
  *check(context) {
    const trusted = context.config.trustedRegistries ?? [];
    if (trusted.length === 0) return;
    for (const { name, at } of imagesOf(context)) {
      const image = resolveImage(context, name);
      if (isTrusted(image.registry, image.name, trusted)) continue;
      yield {
        message: `${name} comes from ${image.registry ?? 'docker.io'}, which is not on the list of trusted registries`,
        at,
      };
    }
  },
};

interface NamedImage {
  readonly name: string;
  readonly at: SourceRange;
}

/** Image names outside of the file's own stages, one an instruction. */
function* imagesOf(context: LintContext): Iterable<NamedImage> {
  const aliases = new Set<string>();
  for (const instruction of context.instructions) {
    const named = namesIn(instruction).find(({ name }) => isImage(name, aliases));
    if (named !== undefined) yield named;
    if (instruction.kind === 'from' && instruction.alias !== undefined)
      aliases.add(instruction.alias.value.toLowerCase());
  }
}

function namesIn(instruction: Instruction): readonly NamedImage[] {
  switch (instruction.kind) {
    case 'from':
      return [{ name: instruction.image.value, at: instruction.image.at }];
    case 'copy':
      return instruction.from === undefined
        ? []
        : [{ name: instruction.from.value, at: instruction.from.at }];
    case 'run':
      return instruction.mounts
        .map(({ value, at }) => ({ name: mountFields(value).get('from') ?? '', at }))
        .filter(({ name }) => name !== '');
    default:
      return [];
  }
}

function isImage(name: string, aliases: ReadonlySet<string>): boolean {
  return !aliases.has(name.toLowerCase()) && !/^\d+$/.test(name);
}

function isTrusted(registry: string | undefined, name: string, trusted: readonly string[]): boolean {
  if (registry !== undefined) return trusted.some((pattern) => matches(registry, pattern));
  if (name === 'scratch') return true;
  return ['docker.io', 'hub.docker.com'].some((hub) => trusted.some((pattern) => matches(hub, pattern)));
}

function matches(registry: string, pattern: string): boolean {
  if (pattern.startsWith('*')) return registry.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return registry.startsWith(pattern.slice(0, -1));
  return registry === pattern;
}
