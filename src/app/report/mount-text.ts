import type { MountReport } from '../../engine/engine.ts';
import { formatSize } from '../options/sizes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One line about a cache mount. `now`: milliseconds since 1970. */
export function mountText(mount: MountReport, now: number): string {
  return `${mountName(mount)}: ${restoredText(mount, now)}; ${savedText(mount)}`;
}

/** `cache mount /root/.npm (linux/amd64)`; the name is the Dockerfile's, which must not give the log another line. */
export function mountName({ id, platform }: MountReport): string {
  return `cache mount ${id.replace(/\p{Cc}/gu, '?')} (${platform})`;
}

export function restoredText({ restored }: MountReport, now: number): string {
  switch (restored.type) {
    case 'restored':
      return `restored from ${restored.from} (${formatSize(restored.size)}, saved ${age(now - restored.savedAt)} ago)`;
    case 'present':
      return 'was on this machine';
    case 'new':
      return 'began empty, no cache had it';
    case 'too-big':
      return `not restored: it has ${formatSize(restored.size)}, more than ${formatSize(restored.limit)} (cache-mount-limit)`;
    case 'not-restored':
      return `not restored: ${restored.reason}`;
  }
}

export function savedText({ saved }: MountReport): string {
  switch (saved.type) {
    case 'saved':
      return `saved in ${saved.to.join(', ')} (${formatSize(saved.size)})`;
    case 'unchanged':
      return 'unchanged, not saved again';
    case 'empty':
      return 'empty, not saved';
    case 'too-big':
      return `not saved: it has ${formatSize(saved.size)}, more than the ${formatSize(saved.limit)} left for it; delete in the step what is not needed, or raise cache-mount-limit`;
    case 'not-saved':
      return `not saved: ${saved.reason}`;
  }
}

function age(milliseconds: number): string {
  if (milliseconds < HOUR) return `${Math.max(0, Math.round(milliseconds / MINUTE))} min`;
  if (milliseconds < 2 * DAY) return `${Math.round(milliseconds / HOUR)} h`;
  return `${Math.round(milliseconds / DAY)} days`;
}
