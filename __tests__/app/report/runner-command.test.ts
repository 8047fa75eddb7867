import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasRunnerCommand, withoutRunnerCommands } from '../../../src/app/report/runner-command.ts';

test.each([
  ['::error::x', ': : error::x'],
  [' \u200b::add-mask::x\nrest', ' \u200b: : add-mask::x\nrest'],
  ['a\n:::x::', 'a\n: : : x::'],
  ['a ##[group]b', 'a # #[group]b'],
  ['a::b: ## [x]', 'a::b: ## [x]'],
])('%j', (text, shown) => {
  expect(withoutRunnerCommands(text)).toBe(shown);
});

test('no text is a command any more, and nothing but blanks is added', () => {
  const text = fc.string({ unit: fc.constantFrom(':', '#', '[', ' ', '\n', '\r', '\u200b', 'a', '"') });
  fc.assert(
    fc.property(text, (given) => {
      const shown = withoutRunnerCommands(given);
      expect(hasRunnerCommand(shown)).toBe(false);
      expect(shown.replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
    }),
  );
});
