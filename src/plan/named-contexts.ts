import { familiarReference, parseReference } from '../image/reference.ts';
import type { Platform } from '../image/types.ts';
import type { NamedContext } from './options.ts';
import { fullPlatform } from './platform-args.ts';

export interface NamedContextUse {
  /** As the options name it. */
  readonly name: string;
  readonly context: NamedContext;
}

/** These two always mean what they mean. */
const FIXED: ReadonlySet<string> = new Set(['scratch', 'context']);

/** Looks contexts up the way BuildKit does: names are image references without `:latest`, `name::platform` wins. */
export class NamedContexts {
  readonly #uses: ReadonlyMap<string, NamedContextUse>;
  readonly #found = new Set<NamedContextUse>();

  constructor(contexts: Readonly<Record<string, NamedContext>>) {
    this.#uses = new Map(
      Object.entries(contexts).map(([name, context]) => [normalKey(name), { name, context }] as const),
    );
  }

  find(name: string, platform: Platform): NamedContextUse | undefined {
    if (this.#uses.size === 0 || FIXED.has(name.toLowerCase())) return undefined;
    const key = normalName(name);
    const use = this.#uses.get(`${key}::${fullPlatform(platform)}`) ?? this.#uses.get(key);
    if (use !== undefined) this.#found.add(use);
    return use;
  }

  /** Names of those that were never found. One for some platform says nothing about the others, so it is not told. */
  get unused(): readonly string[] {
    return [...this.#uses.values()]
      .filter((use) => !this.#found.has(use) && !use.name.includes('::'))
      .map(({ name }) => name);
  }
}

function normalKey(key: string): string {
  const at = key.indexOf('::');
  return at === -1 ? normalName(key) : normalName(key.slice(0, at)) + key.slice(at);
}

function normalName(name: string): string {
  try {
    return familiarReference(parseReference(name)).replace(/:latest$/, '');
  } catch {
    return name;
  }
}
