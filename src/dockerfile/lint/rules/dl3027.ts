import { commandRule } from '../command-rule.ts';

/** apt is for people at a terminal; its options and output may change. */
export const dl3027 = commandRule(
  { id: 'DL3027', severity: 'warning', title: 'apt-get instead of apt', onbuild: true },
  ({ commands }) => {
    const apts = commands.filter(({ name }) => name === 'apt');
    const [first] = apts;
    if (first === undefined) return undefined;
    const simple = apts.filter(({ args, through }) => !through.includes('path') && args.some(isShared));
    return {
      at: first,
      message: 'apt is meant for a terminal: scripts use apt-get or apt-cache',
      fix:
        simple.length < apts.length
          ? undefined
          : {
              title: 'Use apt-get',
              safety: 'safe',
              edits: apts.map(({ nameWord }) => ({ at: nameWord, text: 'apt-get' })),
            },
    };
  },
);

/** Verbs that both programs have. */
function isShared({ value }: { value: string }): boolean {
  return ['update', 'install', 'upgrade', 'remove', 'purge', 'autoremove', 'clean', 'autoclean'].includes(
    value,
  );
}
