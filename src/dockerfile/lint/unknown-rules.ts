import { didYouMean } from '../suggest.ts';
import { type LintConfig, SEVERITIES } from './config.ts';
import { RULES } from './rules.ts';

/** What could not be read is told by no rule, and cannot be silenced; hadolint gives it this name. */
const UNREADABLE = 'DL1000';

/** The ids in a configuration that no rule has, once each, with what was meant. Which codes ShellCheck has, it alone knows. */
export function unknownRules({ ignored = [], override = {} }: LintConfig): readonly string[] {
  const known = [UNREADABLE, ...RULES.map(({ id }) => id)];
  const named = [...ignored, ...SEVERITIES.flatMap((severity) => override[severity] ?? [])];
  return [...new Set(named)]
    .filter((id) => !known.includes(id) && !/^SC\d{4}$/.test(id))
    .map((id) => {
      const same = known.find((one) => one.toLowerCase() === id.toLowerCase());
      // One code is near to many others: a digit that is wrong says nothing of the one that was meant.
      const near = /\d$/.test(id)
        ? undefined
        : didYouMean(
            id,
            known.filter((one) => !/\d$/.test(one)),
          );
      const hint = same === undefined ? near : `did you mean ${same}?`;
      return hint === undefined ? id : `${id} (${hint})`;
    });
}
