import { ancestry, type LintContext, type LintStage } from '../context.ts';
import { fromImage } from '../from-image.ts';
import type { LintRule } from '../rule.ts';

/** Images that are known to come with a user of their own. */
const OWN_USER = /(?:^|\/)(?:chainguard|jupyter|bitnami|cgr\.dev)(?:\/|$)|unprivileged|rootless|nonroot/;

export const tsib1001: LintRule = {
  id: 'TSIB1001',
  severity: 'style',
  security: 3.5,
  title: 'The final stage has a USER',
  *check(context) {
    const last = context.stages.at(-1);
    if (last?.from === undefined) return;
    const line = ancestry(last);
    if (line.some((stage) => context.of(stage, 'user').length > 0) || isSpecial(context, line)) return;
    yield {
      message: 'No USER in the final stage: the container runs as root unless the base image says otherwise',
      at: last.from.at,
    };
  },
};

/** Bases with a user, and stages that only carry files. */
function isSpecial(context: LintContext, line: readonly LintStage[]): boolean {
  const root = line.at(-1);
  const image = root === undefined ? undefined : fromImage(context, root);
  if (image === undefined) return !line.some((stage) => context.of(stage, 'cmd', 'entrypoint').length > 0);
  return (
    image.name.startsWith('$') ||
    OWN_USER.test(image.name) ||
    /nonroot|rootless|unprivileged|chiseled|distroless/.test(image.tag ?? '')
  );
}
