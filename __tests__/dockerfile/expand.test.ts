import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BuildError } from '../../src/base/errors.ts';
import { expandHeredoc, expandWord, processWords } from '../../src/dockerfile/expand.ts';

const env = new Map(
  Object.entries({
    A: 'x',
    EMPTY: '',
    PATHS: 'a/b/c',
    FILE: 'foo.tar.gz',
    SPACES: ' a b  c',
    TREE: '*',
    LINES: 'ab\ncb',
  }),
);

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof BuildError ? error.code : 'not ours';
  }
}

describe('expandWord', () => {
  test.each([
    ['plain', 'plain'],
    ['$A ${A} a$A.b', 'x x ax.b'],
    ['$UNSET|${UNSET}|$', '||$'],
    ['$1A $$ $. ', 'A  $. '],
    ['\'$A\' "$A" "a\'b" \'a"b\'', '$A x a\'b a"b'],
    ['\\$A \\\\ \\n \\', '$A \\ n '],
    ['"\\$A \\" \\n \\\\"', '$A " \\n \\'],
    ['${UNSET:-d} ${UNSET-d} ${EMPTY:-d} ${EMPTY-d} ${A:-d}', 'd d d  x'],
    ['${UNSET:+d}|${EMPTY:+d}|${EMPTY+d}|${A:+d}', '||d|d'],
    ['${A:?no} ${EMPTY?no}', 'x '],
    ['${UNSET:-${ALSO:-${A}}} ${UNSET:-"a b"} ${UNSET:-\'$A\'}', 'x a b $A'],
    ['${PATHS#*/} ${PATHS##*/} ${PATHS%/*} ${PATHS%%/*}', 'b/c c a/b a'],
    ['${FILE%.*} ${FILE%%.*} ${FILE#?o} ${FILE#nope}', 'foo.tar foo o.tar.gz foo.tar.gz'],
    ['${PATHS/b/B} ${PATHS//\\//_} ${PATHS//\\//} ${PATHS/nope/x}', 'a/B/c a_b_c abc a/b/c'],
    ['${TREE#\\*} ${TREE/\\*/star}', ' star'],
    ['${PATHS//?/<\\$0>}', '<\\a><\\/><\\b><\\/><\\c>'],
    ['${PATHS//*/x} ${PATHS///-}', 'x -a-/-b-/-c-'],
    ['${LINES#*b}', '\ncb'],
    ['${LINES##*b}', '\ncb'],
    ['${LINES%b*}', 'ab\nc'],
    ['${@} ${#} ${-} ${0} ${?}', '    '],
    ['<<EOF < <', '<<EOF < <'],
  ])('%j is %j', (word, expected) => {
    expect(expandWord(word, env).value).toBe(expected);
  });

  test.each([
    ["'open", 'UNCLOSED_QUOTE'],
    ['"open', 'UNCLOSED_QUOTE'],
    ['"$A', 'UNCLOSED_QUOTE'],
    ['${', 'BAD_SUBSTITUTION'],
    ['${}', 'BAD_SUBSTITUTION'],
    ['${:-x}', 'BAD_SUBSTITUTION'],
    ['${{A}}', 'BAD_SUBSTITUTION'],
    ['${A', 'BAD_SUBSTITUTION'],
    ['${A:-x', 'BAD_SUBSTITUTION'],
    ['${A:0:1}', 'BAD_SUBSTITUTION'],
    ['${A^^}', 'BAD_SUBSTITUTION'],
    ['${A=x}', 'BAD_SUBSTITUTION'],
    ['${A:#x}', 'BAD_SUBSTITUTION'],
    ['${#A}', 'BAD_SUBSTITUTION'],
    ['${A/x}', 'BAD_SUBSTITUTION'],
    ['${A#\\x}', 'BAD_PATTERN'],
    ['${A//\\x/}', 'BAD_PATTERN'],
    ['${UNSET:?}', 'VARIABLE_REQUIRED'],
    ['${EMPTY:?}', 'VARIABLE_REQUIRED'],
    ['${UNSET?}', 'VARIABLE_REQUIRED'],
    ['${A:-'.repeat(2000), 'BAD_SUBSTITUTION'],
  ])('%.20j fails with %s', (word, code) => {
    expect(codeOf(() => expandWord(word, env))).toBe(code);
  });

  test("the author's own message is shown", () => {
    expect(() => expandWord('${UNSET:?say $A}', env)).toThrow('UNSET: say x');
  });

  test('the backtick can be the escape', () => {
    expect(expandWord('`$A \\$A "`""', env, { escape: '`' }).value).toBe('$A \\x "');
  });

  test('tells which names were found and which were not', () => {
    const { matched, unmatched } = expandWord('${A} ${B:-$C} ${EMPTY}', env);
    expect([...matched]).toEqual(['A', 'EMPTY']);
    expect([...unmatched].sort()).toEqual(['B', 'C']);
  });

  test('words know where they come from', () => {
    expect(expandWord(' a"b c"$SPACES-d ', env).words).toEqual([
      { value: 'ab c', start: 1, end: 7 },
      { value: 'a', start: 7, end: 14 },
      { value: 'b', start: 7, end: 14 },
      { value: 'c-d', start: 7, end: 16 },
    ]);
  });

  test('never fails with an error that is not ours, and never hangs', () => {
    const part = fc.constantFrom(
      ...'$ { } : - + ? # % / \\ ` " \' * A EMPTY UNSET a <<'.split(' '),
      ' ',
      '\n',
      '한',
      '🚀',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        expect(codeOf(() => expandWord(parts.join(''), env))).not.toBe('not ours');
      }),
      { numRuns: 1000 },
    );
  });

  test('patterns take linear time', () => {
    const long = new Map([['A', 'a'.repeat(20_000)]]);
    const start = performance.now();
    expandWord('${A##*a*a*a*a*a*a*b} ${A//*a*a*a*a*b/x} ${A%%b*a*a*a*a}', long);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('processWords', () => {
  test('splits after expansion, quotes hold together', () => {
    expect(processWords('80 $SPACES "$SPACES" \\ x $UNSET', env)).toEqual([
      '80',
      'a',
      'b',
      'c',
      ' a b  c',
      ' x',
    ]);
  });
});

describe('expandHeredoc', () => {
  test('leaves quotes alone and takes backslashes off', () => {
    expect(expandHeredoc("\"$A\" '$A' \\$A \\\\ it's\n", env).value).toBe("\"x\" 'x' $A \\ it's\n");
  });
});
