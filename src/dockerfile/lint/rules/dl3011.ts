import type { LintRule } from '../rule.ts';

const HIGHEST_PORT = 65535;

export const dl3011: LintRule = {
  id: 'DL3011',
  severity: 'error',
  title: 'Ports between 0 and 65535',
  *check(context) {
    for (const { words } of context.all('expose')) {
      const bad = words.find(({ value }) => portsOf(value).some((port) => port > HIGHEST_PORT));
      if (bad !== undefined)
        yield { message: `${bad.value} is beyond the last port, ${HIGHEST_PORT}`, at: bad.at };
    }
  },
};

function portsOf(word: string): readonly number[] {
  const [ports = ''] = word.split('/');
  return ports
    .split('-')
    .filter((port) => /^\d+$/.test(port))
    .map(Number);
}
