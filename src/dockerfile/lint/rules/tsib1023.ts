import type { LintRule } from '../rule.ts';

/** su and sudo stay between the service and its signals, and want a terminal. */
export const tsib1023: LintRule = {
  id: 'TSIB1023',
  severity: 'warning',
  title: 'USER instead of su for the service',
  *check(context) {
    for (const instruction of context.all('cmd', 'entrypoint')) {
      for (const script of context.scripts(instruction)) {
        const view = script.commands.find(({ name }) => name === 'su' || name === 'sudo');
        if (view === undefined) continue;
        yield {
          message: `${view.name} stays between the service and its signals: set USER, or change the user with exec gosu`,
          at: script.rangeOf(view),
        };
        break;
      }
    }
  },
};
