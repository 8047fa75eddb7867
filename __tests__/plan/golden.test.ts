import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parsePlatform } from '../../src/image/platform.ts';
import { describeGraph } from '../../src/plan/explain.ts';
import type { PlanOptions } from '../../src/plan/options.ts';
import { type Bases, planText } from '../support/planning.ts';

const folder = fileURLToPath(new URL('../testdata/plan/', import.meta.url));

interface Case {
  readonly options?: Partial<PlanOptions> & { readonly platformNames?: readonly string[] };
  readonly bases?: Bases;
}

/** Each folder: Dockerfile, perhaps case.json, and the plan as text. UPDATE_GOLDEN=1 writes the texts anew. */
describe('plans of whole Dockerfiles', () => {
  test.each(readdirSync(folder).sort())('%s', (name) => {
    const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
    const { options = {}, bases = {} } = caseOf(join(folder, name, 'case.json'));
    const { platformNames, ...others } = options;
    const platforms = platformNames?.map((platform) => parsePlatform(platform));
    const planned = planText(
      read('Dockerfile'),
      { ...others, ...(platforms === undefined ? {} : { platforms }) },
      bases,
    );
    const warnings = planned.warnings.map(
      ({ rule, message, at }) => `warning ${at.start.line} ${rule}: ${message}\n`,
    );
    const text = describeGraph(planned.graph) + warnings.join('');
    const golden = join(folder, name, 'plan.txt');
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });
});

function caseOf(path: string): Case {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Case;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
