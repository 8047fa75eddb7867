import { RULES } from './rules.ts';

/** Where an id comes from. */
export type RuleOrigin = 'hadolint' | 'shellcheck' | 'buildkit' | 'ts-image-build';

export function originOf(id: string): RuleOrigin {
  if (id.startsWith('DL')) return 'hadolint';
  if (/^SC\d/.test(id)) return 'shellcheck';
  return id.startsWith('TSIB') ? 'ts-image-build' : 'buildkit';
}

const SECURITY: ReadonlySet<string> = new Set(
  RULES.filter(({ security }) => security !== undefined).map(({ id }) => id),
);

/** True for rules that mind a hole, not a mistake. */
export function isAboutSecurity(id: string): boolean {
  return SECURITY.has(id);
}
