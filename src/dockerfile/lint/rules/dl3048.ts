import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

const RESERVED = ['com.docker.', 'io.docker.', 'org.dockerproject.'];

export const dl3048: LintRule = {
  id: 'DL3048',
  severity: 'style',
  title: 'Label keys follow the guidelines',
  *check(context) {
    for (const label of context.all('label')) {
      const bad = label.pairs
        .map(({ key }) => ({ name: unquote(key.value), at: key.at }))
        .find(({ name }) => !isGood(name));
      if (bad !== undefined)
        yield {
          message: `${bad.name} is no good label key: use lower case, digits, dots and dashes`,
          at: bad.at,
        };
    }
  },
};

function isGood(key: string): boolean {
  if (RESERVED.some((prefix) => key.startsWith(prefix))) return false;
  return /^[a-z](?:[0-9a-z.\-_/]*[a-z0-9])?$/.test(key) && !key.includes('..') && !key.includes('--');
}
