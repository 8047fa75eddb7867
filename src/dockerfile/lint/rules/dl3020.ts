import type { InstructionOf } from '../context.ts';
import type { Finding, LintRule } from '../rule.ts';
import { effectOfAdd, isArchiveName } from '../tools/archive.ts';
import { unquote } from '../unquote.ts';

/** ADD does more than its reader expects; COPY does what it says. */
export const dl3020: LintRule = {
  id: 'DL3020',
  severity: 'error',
  title: 'COPY instead of ADD for files and folders',
  *check(context) {
    for (const add of context.all('add')) {
      const plain = add.sources.map(({ value }) => unquote(value)).find((value) => !needsAdd(value));
      if (plain !== undefined) yield finding(add, plain);
    }
  },
};

function needsAdd(source: string): boolean {
  return isArchiveName(source) || /^https?:\/\//.test(source);
}

function finding(add: InstructionOf<'add'>, source: string): Finding {
  const message = `COPY is enough for ${source}: ADD would also unpack and download`;
  const sources = add.sources.map(({ value }) => unquote(value));
  const plain = sources.every((value) => /^[\w./-]+$/.test(value) && effectOfAdd(value) !== 'unpack');
  const flags = add.flags.some(({ name }) => ['checksum', 'keep-git-dir', 'unpack'].includes(name));
  if (!plain || flags) return { message, at: add.at };
  const copy = add.keyword.value === add.keyword.value.toLowerCase() ? 'copy' : 'COPY';
  return {
    message,
    at: add.at,
    fix: {
      title: 'Use COPY',
      safety: sources.every((value) => effectOfAdd(value) === 'copy') ? 'safe' : 'unsafe',
      edits: [{ at: add.keyword.at, text: copy }],
    },
  };
}
