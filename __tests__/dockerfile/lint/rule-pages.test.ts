import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rulePagesModule } from '../../../scripts/rule-pages-module.ts';
import { ruleTable } from '../../../scripts/rule-table.ts';
import { fixDockerfile } from '../../../src/dockerfile/lint/apply-fixes.ts';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { parseConfigFile } from '../../../src/dockerfile/lint/config-file.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { RULES } from '../../../src/dockerfile/lint/rules.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const PAGES = new URL('../../../docs/rules/', import.meta.url);
const FILES = new URL('../../../src/dockerfile/lint/rules/', import.meta.url);

interface Page {
  readonly text: string;
  readonly bad: string;
  readonly good: string;
  readonly config: LintConfig;
}

function readPage(id: string): Page {
  const text = readFileSync(new URL(`${id}.md`, PAGES), 'utf8');
  const [bad, good] = [...text.matchAll(/```dockerfile(?: repeat-last=(\d+))?\n([\s\S]*?)```/g)].map(
    ([, times, body = '']) => repeatLast(body, Number(times ?? 1)),
  );
  const yaml = /```yaml\n([\s\S]*?)```/.exec(text)?.[1];
  const ignore = /```dockerignore\n([\s\S]*?)```/.exec(text)?.[1];
  return {
    text,
    bad: bad ?? '',
    good: good ?? '',
    config: {
      ...(yaml === undefined ? {} : parseConfigFile(yaml, 'page')),
      ...(ignore === undefined ? {} : { dockerignore: ignore }),
    },
  };
}

function repeatLast(body: string, times: number): string {
  const lines = body.trimEnd().split('\n');
  const last = lines.pop() ?? '';
  return `${[...lines, ...Array.from({ length: times }, () => last)].join('\n')}\n`;
}

function idsIn(text: string, config: LintConfig): readonly string[] {
  return lint(parseDockerfile(text, 'Dockerfile'), config).flatMap(({ rule, aliases }) => [rule, ...aliases]);
}

describe('pages of rules', () => {
  test('every rule has one, and every page a rule', () => {
    const pages = readdirSync(PAGES).filter((name) => name !== 'README.md');
    const ids = [...RULES.map(({ id }) => id), 'DL1000'];
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });

  test.each([...RULES.map(({ id }) => id), 'DL1000'])(
    '%s: the bad example fires, the good one does not',
    (id) => {
      const { text, bad, good, config } = readPage(id);
      for (const heading of ['## Bad', '## Good', '## Fix', '## Configuration'])
        expect(text).toContain(heading);
      expect(idsIn(bad, config)).toContain(id);
      expect(idsIn(good, config)).not.toContain(id);
      expect(parseDockerfile(good, 'Dockerfile').problems).toEqual([]);
    },
  );

  test.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s: the page tells its severity and title',
    (id, rule) => {
      const { text } = readPage(id);
      expect(text).toContain(`# ${id}: ${rule.title}`);
      expect(text).toContain(`Severity: ${rule.severity}`);
    },
  );

  test.each(RULES.map(({ id }) => id))(
    '%s: what its fix makes of the bad example is clean and stays so',
    (id) => {
      const { text, bad, config } = readPage(id);
      const offered = lint(parseDockerfile(bad, 'Dockerfile'), config).find(
        ({ rule, aliases }) => rule === id || aliases.includes(id),
      )?.fix;
      expect(text.includes('By hand')).toBe(offered === undefined);
      if (offered === undefined) return;
      const { text: once } = fixDockerfile(bad, 'Dockerfile', config, 'unsafe');
      expect(idsIn(once, config)).not.toContain(id);
      expect(fixDockerfile(once, 'Dockerfile', config, 'unsafe').text).toBe(once);
    },
  );
});

describe('the generated list', () => {
  test('holds every file of rules/ once', () => {
    const files = readdirSync(FILES).filter((name) => name.endsWith('.ts'));
    expect(RULES).toHaveLength(files.length);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(files.length);
  });

  test('the table is up to date', () => {
    expect(existsSync(new URL('README.md', PAGES))).toBe(true);
    expect(readFileSync(new URL('README.md', PAGES), 'utf8')).toBe(ruleTable());
  });

  test('the pages that the program carries are up to date', () => {
    const carried = new URL('../../../src/dockerfile/lint/rule-pages.ts', import.meta.url);
    expect(readFileSync(carried, 'utf8')).toBe(rulePagesModule());
  });

  test('a twin names a rule that exists', () => {
    const ids = new Set(RULES.map(({ id }) => id));
    for (const { twin } of RULES) if (twin !== undefined) expect(ids).toContain(twin);
  });
});
