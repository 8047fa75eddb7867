import { test } from '@jest/globals';
import { busyboxMissing } from './busybox-image.ts';
import { dockerDaemonMissing } from './docker-daemon.ts';
import { dockerRegistryMissing, isInstalled } from './docker-registry.ts';

/** Why something that a test needs is not here; undefined when it is. */
export type Need = () => string | undefined;

export const needs = {
  busybox: busyboxMissing,
  dockerDaemon: dockerDaemonMissing,
  dockerRegistry: dockerRegistryMissing,
  root: (): string | undefined => (process.getuid?.() === 0 ? undefined : 'not running as root'),
  program:
    (name: string): Need =>
    () =>
      isInstalled(name) ? undefined : `${name} is not installed`,
};

/** `test`, or a skipped one whose name tells why. */
export function testWith(
  ...wanted: readonly Need[]
): (name: string, body: () => Promise<void>, timeout?: number) => void {
  const missing = wanted.flatMap((need) => need() ?? []);
  return (name, body, timeout = 120_000) => {
    if (missing.length === 0) test(name, body, timeout);
    else test.skip(`${name} (skipped: ${missing.join('; ')})`, body);
  };
}
