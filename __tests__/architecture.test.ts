import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exec } from '../src/base/exec.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[];
};

/** For each rule a file that breaks it and one that it must reach for. */
const PLANTED: readonly { rule: string; file: string; text: string; other?: string }[] = [
  { rule: 'no-cycles', file: 'src/base/a.ts', text: "import './b.ts';", other: 'src/base/b.ts' },
  { rule: 'base-imports', file: 'src/base/bad.ts', text: "import '../image/x.ts';", other: 'src/image/x.ts' },
  {
    rule: 'dockerfile-imports',
    file: 'src/dockerfile/bad.ts',
    text: "import '../plan/x.ts';",
    other: 'src/plan/x.ts',
  },
  {
    rule: 'image-imports',
    file: 'src/image/bad.ts',
    text: "import '../registry/x.ts';",
    other: 'src/registry/x.ts',
  },
  {
    rule: 'registry-imports',
    file: 'src/registry/bad.ts',
    text: "import '../cache/x.ts';",
    other: 'src/cache/x.ts',
  },
  {
    rule: 'plan-imports',
    file: 'src/plan/bad.ts',
    text: "import '../worker/x.ts';",
    other: 'src/worker/x.ts',
  },
  {
    rule: 'worker-imports',
    file: 'src/worker/bad.ts',
    text: "import '../engine/x.ts';",
    other: 'src/engine/x.ts',
  },
  { rule: 'cache-imports', file: 'src/cache/bad.ts', text: "import '../plan/x.ts';", other: 'src/plan/x.ts' },
  {
    rule: 'export-imports',
    file: 'src/export/bad.ts',
    text: "import '../cache/x.ts';",
    other: 'src/cache/x.ts',
  },
  { rule: 'engine-imports', file: 'src/engine/bad.ts', text: "import '../app/x.ts';", other: 'src/app/x.ts' },
  {
    rule: 'only-app-picks-implementations',
    file: 'src/engine/embedded/bad.ts',
    text: "import '../../worker/snapshot/x.ts';",
    other: 'src/worker/snapshot/x.ts',
  },
  { rule: 'actions-sdk-at-the-edge', file: 'src/engine/bad.ts', text: "import '@actions/core';" },
  { rule: 'processes-through-exec', file: 'src/worker/bad.ts', text: "import 'node:child_process';" },
];

describe('import table', () => {
  let planted: string;
  let report: string;

  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'tsib-rules-'));
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
    await writeFile(join(planted, 'package.json'), '{"type":"module"}');
    for (const { file, text, other } of PLANTED) {
      await mkdir(join(planted, dirname(file)), { recursive: true });
      await writeFile(join(planted, file), `${text}\n`, { flag: 'a' });
      if (other === undefined) continue;
      await mkdir(join(planted, dirname(other)), { recursive: true });
      await writeFile(join(planted, other), other.endsWith('b.ts') ? "import './a.ts';\n" : 'export {};\n', {
        flag: 'a',
      });
    }
    const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const { stdout } = await exec(
      [process.execPath, cruise, 'src', '--config', config, '--output-type', 'json'],
      {
        cwd: planted,
      },
    );
    report = stdout.toString();
  }, 60_000);

  afterAll(async () => {
    await rm(planted, { recursive: true, force: true });
  });

  test('every rule has a planted violation', () => {
    expect(PLANTED.map(({ rule }) => rule).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  test.each(PLANTED)('$rule finds $file', ({ rule, file }) => {
    const { summary } = JSON.parse(report) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    const found = summary.violations
      .filter((violation) => violation.rule.name === rule)
      .map(({ from }) => from);
    expect(found).toContain(file);
  });
});
