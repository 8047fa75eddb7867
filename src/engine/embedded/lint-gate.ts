import { BuildError } from '../../base/errors.ts';
import type { ParseResult } from '../../dockerfile/ast.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { reachesThreshold } from '../../dockerfile/lint/config.ts';
import { lint } from '../../dockerfile/lint/lint.ts';
import type { BuildEvent, BuildRequest } from '../engine.ts';

/**
 * Lints, tells each finding, and ends the build before any work when one is as grave as the request's threshold.
 * @throws BuildError `LINT_FAILED`
 */
export function lintBeforeBuild(
  parsed: ParseResult,
  request: BuildRequest,
  onEvent: (event: BuildEvent) => void,
): readonly Diagnostic[] {
  if (!request.lint.enabled) return [];
  const diagnostics = lint(parsed, request.lint.config);
  for (const diagnostic of diagnostics) onEvent({ type: 'diagnostic', diagnostic });
  const grave = diagnostics.filter(({ severity }) => reachesThreshold(severity, request.lint.failOn));
  const [first] = grave;
  // A Dockerfile or an ignore file that cannot be read fails with its own errors, which say more.
  const unread = parsed.problems.length > 0 || diagnostics.some(({ rule }) => rule === 'DL1000');
  if (first === undefined || unread) return diagnostics;
  throw new BuildError({
    kind: 'user',
    code: 'LINT_FAILED',
    message: `${grave.length === 1 ? 'One finding' : `${grave.length} findings`} of the linter at or above "${request.lint.failOn}": ${[...new Set(grave.map(({ rule }) => rule))].join(', ')}`,
    hint: 'Mend them, or silence a rule with lint-ignore or a comment "# hadolint ignore=ID" above the line; lint-fail-on sets the threshold, and without lint (--no-lint) nothing is looked at.',
    at: first.at,
  });
}
