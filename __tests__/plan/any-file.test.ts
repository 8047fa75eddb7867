import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BuildError } from '../../src/base/errors.ts';
import { type Planned, planText } from '../support/planning.ts';

const word = fc.constantFrom(
  'a',
  'b',
  '$a',
  '0',
  'scratch',
  '/x',
  '..',
  '""',
  'a=b',
  '1-2/udp',
  '<<E',
  '[]',
  '["a"]',
  '--x',
  '9',
);
const words = fc.array(word, { maxLength: 3 }).map((list) => list.join(' '));
const keyword = fc.constantFrom(
  ...[
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'COPY --from=a',
    'COPY --from=0',
    'COPY --link --chown=$a',
    'ENTRYPOINT',
    'ENV',
  ],
  ...['EXPOSE', 'HEALTHCHECK CMD', 'LABEL', 'MAINTAINER', 'ONBUILD RUN', 'ONBUILD COPY --from=b', 'RUN'],
  ...[
    'RUN --mount=from=a,target=$a',
    'RUN --mount=type=cache,target=/c,from=b',
    'SHELL',
    'STOPSIGNAL',
    'USER',
    'VOLUME',
  ],
  ...['WORKDIR', 'ADD --checksum=aa https://x/y.git'],
);
const odd = fc.tuple(keyword, words).map((parts) => parts.join(' '));
const usual = fc.constantFrom(
  ...[
    'ARG a',
    'ARG x=$a',
    'ENV a=1 b=$a',
    'RUN x $a',
    'COPY . $a/',
    'ADD https://x/y.git /g',
    'WORKDIR w',
    'LABEL a=$b',
  ],
  ...[
    'CMD x',
    'ENTRYPOINT ["x"]',
    'EXPOSE 80-82',
    'USER $a',
    'VOLUME /v',
    'RUN --mount=type=cache,target=/c x',
    'SHELL ["x"]',
  ],
  ...[
    'ONBUILD RUN y',
    'ONBUILD ARG a',
    'COPY --from=img x y',
    'RUN --mount=from=img,target=/i x',
    'WORKDIR /',
  ],
);
const step = fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: odd });
const from = fc.constantFrom(
  'FROM scratch',
  'FROM a',
  'FROM b AS a',
  'FROM a AS b',
  'FROM $a AS c',
  'FROM onbuild',
);
const stage = fc
  .tuple(from, fc.array(step, { maxLength: 4 }))
  .map(([line, steps]) => [line, ...steps].join('\n'));
const file = fc
  .tuple(fc.constantFrom('', 'ARG a=b\n'), fc.array(stage, { minLength: 1, maxLength: 4 }))
  .map(([head, stages]) => `${head}${stages.join('\n')}\n`);

const BASES = { 'docker.io/library/onbuild:latest': { OnBuild: ['COPY --from=a x y', 'ARG t=$a'] } };

/** A plan, or undefined when the file is wrong; anything else is thrown. */
function planned(text: string): Planned | undefined {
  try {
    return planText(text, { buildArgs: { a: 'b' } }, BASES);
  } catch (error) {
    if (error instanceof BuildError && error.kind === 'user' && error.message !== '') return undefined;
    throw error;
  }
}

test('any file gives a sound graph or an error of its author, the same each time', () => {
  let graphs = 0;
  fc.assert(
    fc.property(file, (text) => {
      const result = planned(text);
      expect(planned(text)).toEqual(result);
      if (result === undefined) return;
      graphs++;
      expectSound(result);
    }),
    { numRuns: 200, seed: 7 },
  );
  expect(graphs).toBeGreaterThan(50);
});

function expectSound({ graph, warnings }: Planned): void {
  const seen = new Set<string>();
  for (const { id, inputs, inputNames, name } of graph.vertices) {
    expect(inputs.every((input) => seen.has(input))).toBe(true);
    expect(inputNames).toHaveLength(inputs.length);
    expect(name).not.toBe('');
    expect(seen.has(id)).toBe(false);
    seen.add(id);
  }
  for (const { chain, vertex, history } of graph.targets) {
    expect(chain.at(-1)).toBe(vertex);
    expect(chain.every((id) => seen.has(id))).toBe(true);
    const layers = history.filter(({ entry }) => entry.empty_layer !== true).map((entry) => entry.vertex);
    expect(layers).toEqual(chain.slice(1));
  }
  for (const { at, message } of warnings) {
    expect(at.start.line).toBeGreaterThan(0);
    expect(message).not.toBe('');
  }
}
