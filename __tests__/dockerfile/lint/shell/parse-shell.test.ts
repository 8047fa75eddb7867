// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseShell } from '../../../../src/dockerfile/lint/shell/parse-shell.ts';
import { simpleCommands } from '../../../../src/dockerfile/lint/shell/walk.ts';

interface OracleNode {
  Pos(): { Offset(): number };
}
const { syntax } = createRequire(import.meta.url)('mvdan-sh') as {
  syntax: {
    LangBash: unknown;
    NewParser(option: unknown): { Parse(text: string, name: string): unknown };
    Variant(language: unknown): unknown;
    Walk(node: unknown, visit: (node: OracleNode | null) => boolean): void;
    NodeType(node: unknown): string;
  };
};

/** Where the oracle sees simple commands begin; undefined for what it refuses. Texts here are ASCII: its offsets are bytes. */
function oracle(text: string): readonly number[] | undefined {
  const found: number[] = [];
  try {
    const file = syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(text, 'script');
    syntax.Walk(file, (node) => {
      if (node === null) return true;
      if (['CallExpr', 'DeclClause', 'LetClause'].includes(syntax.NodeType(node)))
        found.push(node.Pos().Offset());
      return true;
    });
  } catch {
    return undefined;
  }
  return found.sort((one, other) => one - other);
}

const starts = (text: string) => simpleCommands(parseShell(text).script).map(({ start }) => start);

const SCRIPTS = [
  'a && b || c; d & e',
  'a |& b | c',
  '! a | b',
  'time a',
  '{ a; b; } > x 2>&1',
  '(a; b) && (c)',
  'if a; then b; elif c; then d; else e; fi',
  'if ! a; then b; fi | c',
  'for i in 1 2 "$(a)"; do b "$i"; done',
  'for i; do a; done',
  'for ((i=0; i<3; i++)); do a; done',
  'while a; do b; done < x',
  'until a && b; do c; done',
  'case "$x" in a|b) c ;; (d) e ;; *) ;; esac',
  'case x in a) b ;& c) d ;;& esac',
  'f() { a; b; }; f',
  'function g { a; }',
  'function h() (a)',
  '[[ $a == b* && -f c ]] && d',
  '[[ $a =~ ^(x|y)+$ ]] || b',
  '(( a += 1 )) && b',
  'a $(( $(b) + 1 ))',
  'a "$(b "$(c)")" `d`',
  'a <(b) >(c)',
  'a <<< "$x"',
  'cat <<EOF > x && b\n$(c) text\nEOF\nd',
  "cat <<'EOF'\n$(c) text\nEOF\nd",
  'cat <<-A <<B\n\tx\n\tA\ny\nB\nz',
  'x=1 y=$(a) b',
  'x=(1 "2 3" $(a)); b',
  'x[1]=2; a',
  'declare -a x=(1 2) && b',
  'export A="$(b)" C=d',
  'a ${x:-$(b)} "${x%%/*}" ${#x} ${!x} ${x[@]} ${x/a/b}',
  'a "it\'s" \'say "x"\' $\'a\\\'b\' $"c"',
  'a \\\n  b \\\n  && c',
  'a # comment; not a command\nb',
  'a#b c',
  'echo !(a|b) @(c) *.d',
  'a 2>/dev/null >&2 <&- 3<>x &>y',
  '$CMD x',
  'trap "a; b" EXIT',
  'a() { local x; x=$1; }; a "$@"',
  'select x in a b; do c; done',
  'coproc a',
  'a;b\nc\n\n\nd',
  '{ a; }; { b; }',
  'echo $(case x in a) b;; esac)',
  'set -eux; if [ -n "$A" ]; then apt-get update; fi',
  'a && \\\n# comment\nb',
];

describe('parseShell', () => {
  test.each(['${#}', '${#:-d}', '${#:1:2}', '${#%.*}', '${#+x}', '${#-}', '${##}', '${#@}', '${#a[@]}'])(
    'echo %s is a script: a number sign is a length or a parameter',
    (word) => {
      expect(parseShell(`echo ${word}`).problems).toEqual([]);
    },
  );

  test.each(SCRIPTS)('finds the commands of %j where the oracle finds them', (text) => {
    expect(oracle(text)).toBeDefined();
    expect({ starts: starts(text), problems: parseShell(text).problems }).toEqual({
      starts: oracle(text),
      problems: [],
    });
  });

  test.each([
    'if a; then b',
    'a && ',
    'a | ',
    'for in x; do a; done',
    '(a',
    'a )',
    'case x in a b',
    'echo "a',
    "echo 'a",
    'echo $(a',
    'a; }',
    'while a; b; done',
    'echo `a',
    'echo ${x',
    'fi',
    'a=(1 2',
    'f()',
  ])('tells that %j is broken, as the oracle does, and goes on', (text) => {
    expect(oracle(text)).toBeUndefined();
    expect(parseShell(text).problems).not.toEqual([]);
  });

  test('goes on behind an error', () => {
    const { script, problems } = parseShell('a; ) ; b && c');
    expect(problems).toHaveLength(1);
    expect(simpleCommands(script).map(({ start }) => start)).toEqual([0, 7, 12]);
  });

  test('takes any text without throwing, and keeps offsets inside it', () => {
    const piece = fc.constantFrom(
      ...'abc $"\'`(){}[];&|<>\n\\#=!*'.split(''),
      'if ',
      'then ',
      'fi',
      'do ',
      'done',
      '$(',
      '${',
      '<<E\n',
      'case ',
      ' in ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { script, problems } = parseShell(text);
        for (const { start, end } of simpleCommands(script)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeLessThanOrEqual(end);
        }
        for (const { start } of problems) expect(start).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  test('what the oracle takes, it reads to the same commands', () => {
    const word = fc.constantFrom('a', '-b', '"c d"', "'e'", '$f', '"$(g h)"', '${i:-j}', '*.k', 'l=m');
    const simple = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `run ${words.join(' ')}`);
    const script = fc.letrec((tie) => ({
      list: fc.array(fc.tuple(tie('node'), fc.constantFrom(' && ', ' || ', '; ', ' | ', '\n', ' & ')), {
        minLength: 1,
        maxLength: 3,
      }),
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        simple,
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `if ${String(a)}; then ${String(b)}; fi`),
        tie('node').map((a) => `{ ${String(a)}; }`),
        tie('node').map((a) => `( ${String(a)} )`),
        tie('node').map((a) => `for x in 1 2; do ${String(a)}; done`),
        tie('node').map((a) => `out "$(${String(a)})"`),
      ),
    })).node;
    fc.assert(
      fc.property(script, (node) => {
        const text = String(node);
        const expected = oracle(text);
        if (expected !== undefined)
          expect({ text, starts: starts(text) }).toEqual({ text, starts: expected });
      }),
      { numRuns: 150 },
    );
  });

  test('a deep nest ends the reading, not the program', () => {
    const text = `${'('.repeat(5000)}a`;
    expect(parseShell(text).problems.length).toBeGreaterThan(0);
    expect(parseShell(`echo ${'$('.repeat(5000)}`).problems.length).toBeGreaterThan(0);
  });
});
