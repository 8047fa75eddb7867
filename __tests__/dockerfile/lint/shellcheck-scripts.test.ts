import { expect, test } from '@jest/globals';
import { shellcheckScripts } from '../../../src/dockerfile/lint/shellcheck/scripts.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const each = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const scriptsOf = (text: string) => shellcheckScripts(parseDockerfile(text, 'Dockerfile'), {});

test('a script comes with all that is set before it, of very many names with those that it speaks of', () => {
  const few = scriptsOf('FROM a:1\nENV b=1\nARG c\nRUN echo $b\n')[0]?.text ?? '';
  expect(few).toMatch(/^#!\/bin\/sh\n(?:export \w+=1\n)+echo \$b\n$/);
  expect(few).toContain('export c=1\n');
  const many = scriptsOf(`FROM a:1\n${each(1000, (i) => `ENV b${i}=1\n`)}RUN echo $b7 $c7\n`)[0]?.text;
  expect(many).toBe('#!/bin/sh\nexport b7=1\necho $b7 $c7\n');
});

test('scripts do not grow with the square of a file', () => {
  const text = `FROM a:1\n${each(5000, (i) => `ENV b${i}=1\nRUN echo $b${i}\n`)}`;
  const size = scriptsOf(text).reduce((sum, script) => sum + script.text.length, 0);
  expect(size).toBeLessThan(5000 * 5000);
});

test('a script has the bodies of its heredocs, an empty one too', () => {
  const [script] = scriptsOf('FROM a:1\nRUN cat <<A <<B\nx\nA\nB\n');
  expect(script?.text).toMatch(/\ncat <<A <<B\nx\nA\nB\n$/);
});
