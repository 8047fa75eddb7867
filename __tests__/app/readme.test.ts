import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { withTables } from '../../scripts/readme.ts';
import { readInputs } from '../../src/app/action/inputs.ts';

const file = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('the tables of README.md are made from action.yml', () => {
  expect(file('README.md')).toBe(withTables(file('README.md'), file('action.yml')));
});

test('action.yml declares the inputs that are read, and no other', () => {
  const declared = Object.keys((parse(file('action.yml')) as { inputs: object }).inputs);
  const read = new Set<string>();
  readInputs((name) => {
    read.add(name);
    return '';
  }, {});
  expect([...read].sort()).toEqual(declared.sort());
});

test('workflows that are shown use inputs that there are', () => {
  const { inputs } = parse(file('action.yml')) as { inputs: object };
  const shown = [...file('README.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  const steps = [...shown, file('examples/workflow.yml')].flatMap((yaml) => stepsIn(parse(yaml)));
  const own = steps.filter(({ uses = '' }) => uses.includes('/ts-image-build@'));
  expect(own.length).toBeGreaterThanOrEqual(3);
  for (const step of own)
    expect(Object.keys(step.with ?? {}).filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
});

test('the defaults of action.yml are the defaults of the code', () => {
  const { inputs } = parse(file('action.yml')) as { inputs: Record<string, { default?: string }> };
  const environment = { RUNNER_TEMP: '/t' };
  const bare = readInputs(() => '', environment);
  // Expressions are the runner's.
  const given = (name: string): string => (inputs[name]?.default ?? '').replace(/^\$\{\{.*\}\}$/, '');
  expect(readInputs(given, environment)).toEqual(bare);
});

interface Step {
  readonly uses?: string;
  readonly with?: object;
}

function stepsIn(value: unknown): readonly Step[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'steps' && Array.isArray(part) ? (part as Step[]) : stepsIn(part),
  );
}
