import { describe, expect, test } from '@jest/globals';
import { StepOutput } from '../../../src/engine/embedded/ops/step-output.ts';
import { benchBuild } from '../../support/engine-bench.ts';

const LIMIT = 1000;
const bytes = (text: string): Buffer => Buffer.from(text);

describe('what a step prints', () => {
  const collect = (): { texts: string[]; output: StepOutput } => {
    const texts: string[] = [];
    return { texts, output: new StepOutput((text) => texts.push(text), LIMIT) };
  };

  test('is told as it comes and whole, up to the limit', () => {
    const { texts, output } = collect();
    output.add(bytes('a\n'), 'stdout');
    expect(texts).toEqual(['a\n']);
    output.add(bytes('x'.repeat(LIMIT - 2)), 'stderr');
    output.end();
    expect(texts.join('')).toBe(`a\n${'x'.repeat(LIMIT - 2)}`);
  });

  test('of more, the beginning and the end are told, and how much is missing between', () => {
    const { texts, output } = collect();
    for (let i = 0; i < 1_000_000; i++) output.add(bytes(`line ${i}\n`), 'stdout');
    expect(texts.join('').length).toBeLessThan(2 * LIMIT);
    output.end();
    const told = texts.join('');
    expect(told).toMatch(/^line 0\nline 1\n/);
    expect(told).toMatch(/\nline 999999\n$/);
    expect(told.match(/\[log limit of [^\]]* reached[^\]]*\]/g)).toHaveLength(1);
    expect(told).toMatch(/\n\[11\.8 MB left out\]\nline \d+\n/);
    expect(told.length).toBeLessThan(100_000);
  });

  test('that is a little more is told whole all the same', () => {
    const { texts, output } = collect();
    output.add(bytes(`${'x'.repeat(LIMIT)}\n`), 'stdout');
    output.add(bytes('the end\n'), 'stdout');
    output.end();
    expect(texts.join('')).toMatch(/^x+\n\[log limit[^\n]*\]\nthe end\n$/);
  });

  test('characters that come in pieces are put together, each stream for itself', () => {
    const { texts, output } = collect();
    const [first, second] = [bytes('ä').subarray(0, 1), bytes('ä').subarray(1)];
    output.add(first, 'stdout');
    output.add(bytes('e'), 'stderr');
    output.add(second, 'stdout');
    output.add(first, 'stderr');
    output.end();
    expect(texts.join('')).toBe('eä\ufffd');
  });

  test('its last lines are at hand, few and short', () => {
    const { output } = collect();
    for (let i = 0; i < 100_000; i++) output.add(bytes(`line ${i}\n`), 'stdout');
    expect(output.lastLines).toHaveLength(20);
    expect(output.lastLines.at(-1)).toBe('line 99999');
    output.add(Buffer.alloc(1_000_000, 'y'), 'stdout');
    expect(output.lastLines.join('').length).toBeLessThan(20_000);
  });
});

test('a step that prints without end does not fill the log, and its error shows how it ended', async () => {
  const texts: string[] = [];
  const build = benchBuild({
    dockerfile: 'FROM scratch\nRUN ["/yes"]\n',
    run: () => ({ exitCode: 1, output: `${'y\n'.repeat(64 * 1024 * 1024)}the end\n`, chunk: 65_536 }),
    onEvent: (event) => {
      if (event.type === 'step-output') texts.push(event.text);
    },
  });
  await expect(build).rejects.toMatchObject({
    code: 'RUN_FAILED',
    hint: expect.stringContaining('the end'),
  });
  const told = texts.join('');
  expect(told.length).toBeLessThan(66 * 1024 * 1024);
  expect(told.slice(-1000)).toMatch(/y\nthe end\n$/);
  expect(told).toContain('[log limit of 64 MiB reached');
}, 60_000);
