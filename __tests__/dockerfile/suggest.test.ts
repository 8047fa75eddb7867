import { expect, test } from '@jest/globals';
import { didYouMean, nearest } from '../../src/dockerfile/suggest.ts';

test('the nearest word, at most two edits away', () => {
  expect(nearest('tagret', ['target', 'tag'])).toBe('target');
  expect(nearest('x', ['target'])).toBeUndefined();
  expect(didYouMean('buidler', ['builder'])).toBe('did you mean builder?');
});

test('a word that differs by its case alone is the one that was meant', () => {
  expect(nearest('dl3003', ['DL3000', 'DL3003', 'DL3004'])).toBe('DL3003');
  expect(nearest('Target', ['tagret', 'target'])).toBe('target');
});

test('a word that is known is none', () => {
  expect(nearest('target', ['target'])).toBeUndefined();
});
