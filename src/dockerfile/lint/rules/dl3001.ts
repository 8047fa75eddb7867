import { forbiddenCommand } from '../command-rule.ts';

/** Programs that serve a machine, not an image. */
export const dl3001 = forbiddenCommand(
  { id: 'DL3001', severity: 'info', title: 'No commands that make no sense in a container', onbuild: true },
  ['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim'],
  (name) => `${name} has no use while an image is built`,
);
