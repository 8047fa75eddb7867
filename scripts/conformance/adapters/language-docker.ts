import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { type Adapter, type Case, fail, type Outcome, pass, skip } from '../adapter.ts';
import { isObject, type Json, objects, text } from '../json-shape.ts';

/** What that parser takes and BuildKit refuses too, by what is wrong with it; a problem of another code fails the case. */
const REFUSED_BY_BUILDKIT: ReadonlySet<string> = new Set([
  'NO_INSTRUCTIONS',
  'NO_STAGE',
  'NO_STAGES',
  'MISSING_ARGUMENT',
  'BAD_STAGE_NAME',
  'BAD_ESCAPE_DIRECTIVE',
  'DUPLICATE_DIRECTIVE',
  'FLAG_NEEDS_VALUE',
]);

function caseOf(one: Json): Case {
  const run = (): Outcome => {
    if (one['parses'] !== true) return skip('texts that only hadolint refuses');
    const { problems } = parseDockerfile(text(one['dockerfile']), 'Dockerfile');
    const wrong = problems.find((problem) => !REFUSED_BY_BUILDKIT.has(problem.code));
    if (wrong !== undefined) return fail(`was refused: ${wrong.code} ${wrong.message}`);
    const real = problems.filter((problem) => problem.code !== 'NO_STAGE' && problem.code !== 'NO_STAGES');
    return real.length === 0 ? pass : skip('BuildKit refuses it too');
  };
  return { id: text(one['id']), run };
}

function cases(json: unknown): Iterable<Case> {
  return objects(json).map(caseOf);
}

export const adapter: Adapter = {
  name: 'language-docker',
  recognises: (_, json) =>
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((one) => isObject(one) && 'parses' in one && 'dockerfile' in one),
  cases,
};
