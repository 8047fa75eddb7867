import { describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { renderError } from '../../src/dockerfile/source-frame.ts';
import { astText } from '../support/ast-text.ts';
import { goldenCases } from '../support/golden.ts';

describe('the tree of a Dockerfile', () => {
  for (const golden of goldenCases('dockerfile')) {
    test(golden.name, () => {
      const { file, problems, warnings } = parseDockerfile(golden.read('Dockerfile'), 'Dockerfile');
      expect(problems).toEqual([]);
      const warned = warnings.map(({ rule, at }) => `warning ${rule} line ${at.start.line}\n`);
      golden.matches('ast.txt', astText(file) + warned.join(''));
    });
  }
});

describe('what is said about a broken Dockerfile', () => {
  for (const golden of goldenCases('dockerfile-errors')) {
    test(golden.name, () => {
      const text = golden.read('Dockerfile');
      const { file, problems } = parseDockerfile(text, 'Dockerfile');
      expect(problems).not.toEqual([]);
      const kept = file.stages.flatMap((stage) => [stage.from, ...stage.instructions]);
      const survivors = kept.map(({ kind, at }) => `${kind} line ${at.start.line}`).join(', ');
      const said = problems.map((problem) => renderError(problem, text)).join('\n\n');
      golden.matches('errors.txt', `${said}\n\nread all the same: ${survivors}\n`);
    });
  }
});
