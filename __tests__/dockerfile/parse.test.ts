import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BuildError } from '../../src/base/errors.ts';
import type { Instruction, MappedText, RunInstruction } from '../../src/dockerfile/ast.ts';
import { rangeOf, sourceOffset } from '../../src/dockerfile/mapped-text.ts';
import { parseDockerfile, parseTrigger } from '../../src/dockerfile/parse.ts';

function instructionsOf(text: string): readonly Instruction[] {
  const { file, problems } = parseDockerfile(text, 'Dockerfile');
  expect(problems).toEqual([]);
  return file.stages.flatMap((stage) => stage.instructions);
}

/** Dockerfile-like text: enough structure that much of it parses, enough noise that some does not. */
const fragment = fc.constantFrom(
  ...[
    'FROM a\n',
    'RUN x \\\n',
    ' y\n',
    '# c\n',
    '\n',
    'COPY --from=b c d\n',
    'ENV a=b \\\n',
    ' c="d e"\n',
    '<<EOF',
    'EOF\n',
  ],
  ...[
    'RUN <<-E 2<<"F"\n',
    '\tE\n',
    'F\n',
    'CMD ["a", "b"]\n',
    'ONBUILD ',
    'ARG x=$y\n',
    '\\',
    '`',
    '"',
    "'",
    '${',
    '\r\n',
  ],
  ...[
    '# escape=`\n',
    'HEALTHCHECK --retries=2 CMD ',
    'LABEL a b c\n',
    '\u00a0',
    '\ufeff',
    '안녕',
    '🚀',
    '--mount=type=cache ',
    '\t',
  ],
);
const dockerfile = fc.oneof(
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function checkMapping(text: string, { value, pieces }: MappedText): void {
  const mapped = { value, pieces };
  for (let index = 0; index < value.length; index++) {
    expect(text[sourceOffset(mapped, index)]).toBe(value[index]);
  }
}

describe('parseDockerfile', () => {
  test('never throws, and tells every problem with a place inside the text', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        for (const { at } of parseDockerfile(text, 'Dockerfile').problems) {
          expect(at?.start.offset).toBeGreaterThanOrEqual(0);
          expect(at?.end.offset).toBeGreaterThanOrEqual(at?.start.offset ?? 0);
          expect(at?.end.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('each character of the arguments is where the map says', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        for (const stage of parseDockerfile(text, 'Dockerfile').file.stages) {
          for (const { args } of [stage.from, ...stage.instructions]) checkMapping(text, args);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('instructions stand in order and do not overlap', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        let end = 0;
        for (const stage of parseDockerfile(text, 'Dockerfile').file.stages) {
          for (const { at } of [stage.from, ...stage.instructions]) {
            expect(at.start.offset).toBeGreaterThanOrEqual(end);
            end = at.end.offset;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a place in joined text leads to the right line', () => {
    const { file } = parseDockerfile('FROM a\nRUN one && \\\n# note\n  two && \\\n  three\n', 'Dockerfile');
    const run = file.stages[0]?.instructions[0];
    const { args } = run as RunInstruction;
    const at = args.value.indexOf('three');
    expect(rangeOf(file, args, at, at + 5)).toEqual({
      file: 'Dockerfile',
      start: { line: 5, column: 3, offset: 40 },
      end: { line: 5, column: 8, offset: 45 },
    });
  });

  test('stages count from 0 and have lower-case names', () => {
    const { file } = parseDockerfile(
      'FROM a AS One\nFROM One\nRUN x\nFROM --platform=linux/arm64 b as two\n',
      'x',
    );
    expect(file.stages.map(({ index, name }) => [index, name])).toEqual([
      [0, 'one'],
      [1, undefined],
      [2, 'two'],
    ]);
    expect(file.stages[1]?.instructions).toHaveLength(1);
  });

  test('a file without FROM is a problem', () => {
    expect(parseDockerfile('ARG A\n', 'x').problems.map((problem) => problem.code)).toEqual(['NO_STAGES']);
  });

  test('of very many problems the first are told, and how many there are', () => {
    const { problems } = parseDockerfile(`FROM a\n${'FOO\n'.repeat(1234)}`, 'x');
    expect(problems).toHaveLength(501);
    expect(problems.at(-1)).toMatchObject({ code: 'MORE_PROBLEMS', message: expect.stringContaining('734') });
    expect(problems.at(-1)?.at?.start.line).toBe(502);
  });

  test('a large file is read in linear time', () => {
    const line = 'RUN a && \\\n  b "c d" $E \\\n # note\n f\nENV a=b c="d"\n';
    const time = (count: number): number => {
      const start = performance.now();
      parseDockerfile(`FROM a\n${line.repeat(count)}`, 'x');
      return performance.now() - start;
    };
    time(2000);
    // Eight times the text may take eight times as long, with much room for a busy machine; squared it would be 64 times.
    expect(time(8000) / Math.max(time(1000), 2)).toBeLessThan(40);
  });

  test('one instruction over very many lines is read in linear time', () => {
    const start = performance.now();
    instructionsOf(`FROM a\nENV a=b${' \\\n  key="some value"'.repeat(30_000)}\n`);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('flags', () => {
  test('any blank may stand before them', () => {
    const [copy] = instructionsOf('FROM a\nCOPY \u00a0--from=x a b\n');
    expect(copy).toMatchObject({ from: { value: 'x' }, sources: [{ value: 'a' }] });
  });

  test('network and security have defaults', () => {
    const [run] = instructionsOf('FROM a\nRUN --network=host x\n');
    expect(run).toMatchObject({ kind: 'run', network: 'host', security: 'sandbox' });
  });
});

describe('parseTrigger', () => {
  test('reads one instruction', () => {
    expect(parseTrigger('COPY --from=x a b')).toMatchObject({ kind: 'copy', destination: { value: 'b' } });
  });

  test('reads heredocs that ONBUILD stored', () => {
    const [onbuild] = instructionsOf('FROM a\nONBUILD RUN <<EOF\necho \\\n  hi\nEOF\n');
    const { expression } = onbuild as Extract<Instruction, { kind: 'onbuild' }>;
    expect(parseTrigger(expression)).toMatchObject({
      kind: 'run',
      heredocs: [{ name: 'EOF', content: 'echo \\\n  hi\n' }],
    });
  });

  test.each([
    ['FROM a', 'BAD_TRIGGER'],
    ['ONBUILD RUN x', 'BAD_TRIGGER'],
    ['MAINTAINER x', 'BAD_TRIGGER'],
    ['RUN a\nRUN b', 'BAD_TRIGGER'],
    ['', 'NO_INSTRUCTIONS'],
    ['FOO x', 'UNKNOWN_INSTRUCTION'],
    ['COPY a', 'MISSING_ARGUMENT'],
  ])('refuses %j', (text, code) => {
    expect(() => parseTrigger(text)).toThrow(expect.objectContaining({ code }) as unknown as BuildError);
  });
});
