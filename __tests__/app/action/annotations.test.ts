import { describe, expect, test } from '@jest/globals';
import { Annotations } from '../../../src/app/action/annotations.ts';
import { findingsMarkdown, leftMarkdown } from '../../../src/app/report/markdown.ts';
import { BuildError, BuildErrors } from '../../../src/base/errors.ts';
import type { Diagnostic, Severity } from '../../../src/dockerfile/diagnostic.ts';

function found(severity: Severity, line: number): Diagnostic {
  const start = { line, column: 1, offset: line };
  const at = { file: 'Dockerfile', start, end: { ...start, column: 4 } };
  return { rule: `R${line}`, aliases: [], severity, message: `m${line}`, at, fingerprint: `${line}` };
}

const many = (severity: Severity, count: number, from: number): Diagnostic[] =>
  Array.from({ length: count }, (_, i) => found(severity, from + i));

function recorder() {
  const told: unknown[] = [];
  const core = {
    error: (...all: unknown[]) => void told.push(['error', ...all]),
    warning: (...all: unknown[]) => void told.push(['warning', ...all]),
    notice: (...all: unknown[]) => void told.push(['notice', ...all]),
  };
  return { core, told };
}

describe('annotations', () => {
  test('gravest first, else in the order of the file', () => {
    const { shown, left } = new Annotations(recorder().core).choose([
      found('style', 1),
      found('info', 2),
      found('error', 3),
      found('warning', 4),
      found('error', 5),
    ]);
    expect(shown.map(({ rule }) => rule)).toEqual(['R3', 'R5', 'R4', 'R2', 'R1']);
    expect(left).toEqual([]);
  });

  test('no more of a kind than the runner keeps; notices of info before those of style', () => {
    const { shown, left } = new Annotations(recorder().core).choose([
      ...many('style', 8, 1),
      ...many('info', 7, 100),
      ...many('warning', 30, 200),
      ...many('error', 12, 300),
    ]);
    const count = (some: readonly Diagnostic[], severity: Severity): number =>
      some.filter((one) => one.severity === severity).length;
    const severities = ['error', 'warning', 'info', 'style'] as const;
    expect(severities.map((severity) => count(shown, severity))).toEqual([10, 10, 7, 3]);
    expect(severities.map((severity) => count(left, severity))).toEqual([2, 20, 0, 5]);
  });

  test('what was told before takes room: the errors of the build, each with what to do, and a warning', () => {
    const { core, told } = recorder();
    const annotations = new Annotations(core);
    const at = found('error', 3).at;
    const one = new BuildError({ kind: 'user', code: 'ONE', message: 'one', hint: 'do', at });
    annotations.tellError(
      new BuildErrors([one, new BuildError({ kind: 'user', code: 'TWO', message: 'two' })]),
    );
    annotations.warn('configuration', 'unknown');
    expect(told).toEqual([
      ['error', 'one\ndo', expect.objectContaining({ title: 'ONE', startLine: 3 })],
      ['error', 'two', { title: 'TWO' }],
      ['warning', 'unknown', { title: 'configuration' }],
    ]);
    const { shown } = annotations.choose([...many('error', 20, 1), ...many('warning', 20, 100)]);
    expect(shown.map(({ severity }) => severity)).toEqual([
      ...Array(8).fill('error'),
      ...Array(9).fill('warning'),
    ]);
  });

  test('a line that cannot be read is told once: by the error, else by the linter', () => {
    const { core } = recorder();
    const annotations = new Annotations(core);
    const unread = { ...found('error', 3), rule: 'DL1000' };
    const elsewhere = { ...found('error', 5), rule: 'DL1000' };
    const all = [unread, elsewhere, found('error', 3)];
    expect(annotations.choose(all)).toEqual({ shown: all, left: [] });
    annotations.tellError(new BuildError({ kind: 'user', code: 'NO', message: 'no', at: unread.at }));
    expect(annotations.choose(all)).toEqual({ shown: all.slice(1), left: [] });
  });

  test('each at its place, columns within one line alone', () => {
    const { core, told } = recorder();
    const wide = found('warning', 3);
    new Annotations(core).tellFindings([
      found('style', 1),
      { ...wide, at: { ...wide.at, end: { line: 5, column: 2, offset: 60 } } },
    ]);
    expect(told).toEqual([
      [
        'notice',
        'm1',
        { title: 'R1', file: 'Dockerfile', startLine: 1, endLine: 1, startColumn: 1, endColumn: 4 },
      ],
      ['warning', 'm3', { title: 'R3', file: 'Dockerfile', startLine: 3, endLine: 5 }],
    ]);
  });

  test('the summary tells the rest: all of it where it has no table of its own', () => {
    const left = [found('error', 1), found('style', 2)];
    expect(leftMarkdown([], 'full')).toBe('');
    expect(leftMarkdown(left, 'full')).toBe('2 findings have no annotation: a step can show 10 of a kind.\n');
    expect(leftMarkdown(left, 'short')).toContain('| `Dockerfile:2:1` | style | `R2` | m2 |');
    expect(findingsMarkdown(many('info', 501, 1))).toMatch(/R500[\s\S]*\n\n1 more are not shown here\.\n$/);
  });
});
