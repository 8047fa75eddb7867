import { readFile } from 'node:fs/promises';
import { BuildError } from '../../base/errors.ts';
import type { Rung } from '../worker.ts';

interface Facts {
  readonly uid: number;
  readonly isolation: 'auto' | Rung;
  readonly refusals: readonly string[];
}

/** The error for a machine on which no RUN can work, with the one setting that would change it. */
export async function noIsolation(facts: Facts): Promise<BuildError> {
  const { isolation, refusals } = facts;
  const forced = isolation === 'auto' ? '' : ` with isolation "${isolation}"`;
  return new BuildError({
    kind: 'environment',
    code: 'NO_ISOLATION',
    message: [`RUN cannot work here${forced}`, ...refusals].join('\n'),
    hint: await hintFor(facts),
  });
}

async function hintFor({ uid, isolation }: Facts): Promise<string> {
  if (isolation === 'none') return 'Builds with RUN need isolation "auto".';
  if (isolation === 'chroot' && uid !== 0)
    return 'Allow sudo without a password for this user, or run as root.';
  if ((isolation === 'runc' || isolation === 'unshare') && uid !== 0) {
    return 'Allow sudo without a password for this user.';
  }
  const setting = await blockedBy();
  if (setting !== undefined) return setting;
  if (uid === 0) return 'Give this container the capability SYS_ADMIN, for example with --privileged.';
  return 'Allow sudo without a password for this user.';
}

/** The kernel setting that forbids user namespaces to ordinary users, if one does. */
async function blockedBy(): Promise<string | undefined> {
  const blocks = [
    { file: 'kernel/apparmor_restrict_unprivileged_userns', bad: '1', good: '0' },
    { file: 'kernel/unprivileged_userns_clone', bad: '0', good: '1' },
    { file: 'user/max_user_namespaces', bad: '0', good: '15000' },
  ];
  for (const { file, bad, good } of blocks) {
    const value = await readFile(`/proc/sys/${file}`, 'utf8').catch(() => undefined);
    if (value?.trim() === bad) return `As root: sysctl -w ${file.replaceAll('/', '.')}=${good}`;
  }
  return undefined;
}
