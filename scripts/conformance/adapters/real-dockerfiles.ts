import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { type Adapter, type Case, fail, type Outcome, pass } from '../adapter.ts';
import { isObject, type Json, strings, text } from '../json-shape.ts';

/** Errors of BuildKit's check that come from reading the file; all others come from its content or its world. */
const PARSE_ERROR =
  /^dockerfile parse error|can't find = in|file with no instructions|unterminated heredoc|must have two arguments|escape token|parser directive|comprised of strings|max allowed size/i;

async function* cases(json: unknown): AsyncIterable<Case> {
  if (!isObject(json)) return;
  const folder = text(json['archive']);
  const lines = (await readFile(join(folder, 'buildkit.jsonl'), 'utf8')).split('\n');
  for (const line of lines.filter((one) => one !== '')) {
    const checked: unknown = JSON.parse(line);
    if (isObject(checked)) yield caseOf(folder, checked);
  }
}

function caseOf(folder: string, checked: Json): Case {
  const file = text(checked['file']);
  const run = async (): Promise<Outcome> => {
    const { problems } = parseDockerfile(await readFile(join(folder, file), 'utf8'), file);
    const error = isObject(checked['error']) ? checked['error'] : {};
    const refused = PARSE_ERROR.test(text(error['message']));
    const [problem] = problems;
    if (!refused)
      return problem === undefined
        ? pass
        : fail(`was refused: line ${problem.at?.start.line}: ${problem.message}`);
    if (problem === undefined) return fail(`was accepted; the reference says: ${text(error['message'])}`);
    const ranges = Array.isArray(error['lines']) ? error['lines'] : [];
    const found = problems.some(({ at }) => ranges.some((range) => inRange(at?.start.line ?? 0, range)));
    return ranges.length === 0 || found
      ? pass
      : fail(`fails on line ${problem.at?.start.line}, expected ${JSON.stringify(ranges)}`);
  };
  return { id: `parse/${file}`, run };
}

function inRange(line: number, range: unknown): boolean {
  return Array.isArray(range) && line >= Number(range[0]) && line <= Number(range[1]);
}

export const adapter: Adapter = {
  name: 'real-dockerfiles',
  recognises: (_, json) =>
    isObject(json) &&
    typeof json['archive'] === 'string' &&
    strings(json['entries']).includes('buildkit.jsonl'),
  cases,
};
