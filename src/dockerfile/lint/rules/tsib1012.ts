import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

const SYSTEM = /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?:\/|$)/;

export const tsib1012: LintRule = {
  id: 'TSIB1012',
  severity: 'warning',
  title: 'No WORKDIR or VOLUME in folders of the system',
  *check(context) {
    for (const { word } of context.all('workdir')) {
      if (SYSTEM.test(unquote(word.value)))
        yield { message: `${word.value} belongs to the kernel`, at: word.at };
    }
    for (const { words } of context.all('volume')) {
      const bad = words.find(({ value }) => SYSTEM.test(unquote(value)));
      if (bad !== undefined) yield { message: `${bad.value} belongs to the kernel`, at: bad.at };
    }
  },
};
