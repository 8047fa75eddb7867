import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/dockerfile/diagnostic.ts';
import { applyFixes, fixDockerfile } from '../../../src/dockerfile/lint/apply-fixes.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { onlyTarget, planText } from '../../support/planning.ts';

const safeFixes = (text: string): readonly Diagnostic[] =>
  lint(parseDockerfile(text, 'Dockerfile')).filter(({ fix }) => fix?.safety === 'safe');

/** What the fixes of a rule are about, told on the text of a build's graph. */
const ABOUT: Readonly<Record<string, (graph: string) => string>> = {
  DL3009: without(' && rm -rf /var/lib/apt/lists/*'),
  DL3014: without(' -y'),
  DL3019: without(' --no-cache'),
  DL3021: (graph) => graph.replace(/("destination":"[^"]*?)\/+"/g, '$1"'),
  DL3027: (graph) => graph.replace(/\bapt(?:-get|-cache)?\b/g, 'apt'),
  DL3030: without(' -y'),
  DL3032: without(' && yum clean all'),
  DL3034: without(' --non-interactive'),
  DL3036: without(' && zypper clean'),
  DL3038: without(' -y'),
  DL3040: without(' && dnf clean all'),
  DL3042: without(' --no-cache-dir'),
  DL3046: without(' --no-log-init'),
  DL3060: without(' && yarn cache clean'),
  SC3014: (graph) => graph.replaceAll('==', '='),
  SC3046: (graph) => graph.replaceAll('source ', '. '),
};

function without(words: string): (graph: string) => string {
  return (graph) => graph.split(new RegExp(`${words.replaceAll('*', '\\*')}(?![-\\w])`)).join('');
}

/** What is run, copied and kept, in order; not how history tells it. Blanks between the words of a script count as one. */
function meaningOf(text: string): string {
  const planned = planText(text);
  const { chain, config } = onlyTarget(planned);
  const ops = planned.graph.vertices.map(({ op }) =>
    op.kind === 'copy' ? { ...op, instruction: undefined, unpack: undefined } : op,
  );
  return JSON.stringify([ops, chain.length, config.config]).replace(/(?:\s|\\n)+/g, ' ');
}

/** ONBUILD keeps its text, the author of an image becomes a label; neither is told here. */
const LINES = [
  'RUN apt-get update',
  'RUN apt-get update && apt-get install a b=1',
  'RUN apt install c \\\n  # a comment\n    && x # end',
  'RUN apt-get \\\n  install\\\n  a',
  'RUN [ "$a" == b ] && source /x',
  "RUN su x -c 'apt-get install y'",
  'RUN echo "apt-get install y" && apk add q',
  'RUN apk add \\\n\n  q',
  'RUN --mount=type=cache,target=/c yarn install',
  'RUN <<A\napt install x\nA',
  'RUN yum install a-1; dnf install b-1',
  'run pip install x==1 \\\n && pip install -r y \\\n z',
  'RUN useradd -u 1234567 x',
  'RUN zypper install a=1',
  'RUN python -m pip install \\\n a',
  'ENV a "b c"',
  "ENV A 'b $a' c \\\n d",
  'ENV B $a  c',
  'ENV C a\\ b "c\'d"',
  'label x y  z',
  'ADD a.py b.conf /c/',
  'ADD src/ /d',
  'COPY a b /e',
  'copy --from=Y a* b "/f"',
  'EXPOSE 80/TCP 90/Udp',
  'Workdir x',
  'SHELL ["/bin/bash", "-c"]',
  'USER 1',
  'CMD run $x',
];
const ENDS = ['\n', '\r\n'];

describe('a safe fix changes what its rule is about and nothing else', () => {
  test('each alone', () => {
    const rules = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...ENDS),
        (lines, end) => {
          const text = [
            'FROM debian:12 as Y',
            ...lines.filter((line) => !line.includes('=Y')),
            'FROM y',
            ...lines,
            '',
          ]
            .join('\n')
            .replaceAll('\n', end);
          for (const finding of safeFixes(text)) {
            rules.add(finding.rule);
            const { text: after } = applyFixes(text, [finding], 'safe');
            const same = ABOUT[finding.rule] ?? ((graph: string) => graph);
            expect([finding.rule, after, same(meaningOf(after))]).toEqual([
              finding.rule,
              after,
              same(meaningOf(text)),
            ]);
          }
        },
      ),
      { numRuns: 80 },
    );
    expect([...rules].length).toBeGreaterThan(12);
  });

  test('all together, in any order of the lines; what was fixed stays', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LINES, { minLength: 3 }), (lines) => {
        const text = ['FROM scratch AS y', 'FROM debian:12', ...lines, ''].join('\n');
        const { text: once } = fixDockerfile(text, 'Dockerfile', {}, 'safe');
        const same = (graph: string) => Object.values(ABOUT).reduce((left, about) => about(left), graph);
        expect(same(meaningOf(once))).toBe(same(meaningOf(text)));
        expect(fixDockerfile(once, 'Dockerfile', {}, 'safe').text).toBe(once);
      }),
    );
  });
});
