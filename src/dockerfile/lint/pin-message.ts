import { SUBSTITUTION } from './shell/command-view.ts';

/** Names that a message tells. */
const MOST = 8;

/** `Pin the versions of a, b, c and 9 more (…)`; `how`: an example of a pinned package. */
export function pinMessage(packages: readonly { readonly value: string }[], how: string): string {
  const names = packages.slice(0, MOST + 1).map(({ value }) => value.replaceAll(SUBSTITUTION, '$(…)'));
  const all =
    packages.length <= MOST + 1
      ? names.join(', ')
      : `${names.slice(0, MOST).join(', ')} and ${packages.length - MOST} more`;
  return `Pin the version${packages.length === 1 ? '' : 's'} of ${all} (${how})`;
}
