import type { CopyInstruction, Instruction } from '../../ast.ts';
import { ignoreMatcher, readIgnoreFile } from '../../ignore.ts';
import { cleanPath } from '../../ignore-pattern.ts';
import type { LintRule } from '../rule.ts';
import { expandIn } from '../scope.ts';
import { walkScopes } from '../variables.ts';

/** Patterns that leave nothing of the whole context. */
const EVERYTHING = ['*', '**', '**/*'];

export const copyIgnoredFile: LintRule = {
  id: 'CopyIgnoredFile',
  severity: 'warning',
  title: 'COPY does not name what the ignore file excludes',
  *check(context) {
    const excludes = excluder(context.config.dockerignore);
    if (excludes === undefined) return;
    for (const { instruction, scope } of walkScopes(context)) {
      if (!isFromContext(instruction)) continue;
      for (const { value, at } of instruction.sources) {
        const path = expandIn(value, scope, context.file.directives.escape)?.value ?? value;
        if (/^(?:https?|git|ssh):\/\/|^git@/.test(path) || !excludes(path)) continue;
        yield { message: `${value} is excluded by the ignore file`, at };
      }
    }
  },
};

function isFromContext(instruction: Instruction): instruction is CopyInstruction {
  return (instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from === undefined;
}

/** With `!` patterns the answer needs the files themselves: no check then, as in BuildKit. */
function excluder(text: string | undefined): ((path: string) => boolean) | undefined {
  if (text === undefined) return undefined;
  const patterns = readIgnoreFile(text);
  try {
    const matcher = ignoreMatcher(patterns);
    if (matcher.hasExceptions) return undefined;
    return (path) => {
      const cleaned = cleanPath(path).replace(/^\/+/, '');
      if (cleaned === '.' || cleaned === '') return patterns.some((pattern) => EVERYTHING.includes(pattern));
      return matcher.excludes(cleaned);
    };
  } catch {
    // What is wrong with the file is told by itself.
    return undefined;
  }
}
