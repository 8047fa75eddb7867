import { describe, expect, test } from '@jest/globals';
import { mountText } from '../../../src/app/report/mount-text.ts';
import type { MountReport } from '../../../src/engine/engine.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;

function text(restored: MountReport['restored'], saved: MountReport['saved'], id = '/root/.npm'): string {
  return mountText({ id, platform: 'linux/amd64', restored, saved }, NOW);
}

describe('one line about a cache mount', () => {
  const from = (hours: number): MountReport['restored'] => ({
    type: 'restored',
    from: 'actions',
    size: 12_345_678,
    savedAt: NOW - hours * HOUR,
  });

  test('each outcome', () => {
    const lines = [
      text(from(0.5), { type: 'unchanged' }),
      text(from(30), { type: 'saved', to: ['actions', 'local /x'], size: 13_000_000 }),
      text(from(72), { type: 'not-saved', reason: 'something wrote to it while it was read' }),
      text({ type: 'new' }, { type: 'empty' }),
      text({ type: 'present' }, { type: 'too-big', size: 3_200_000_000, limit: 2_147_483_648 }),
      text({ type: 'too-big', size: 3_200_000_000, limit: 1000 }, { type: 'unchanged' }),
      text({ type: 'not-restored', reason: 'actions: its archive is gone (evicted)' }, { type: 'unchanged' }),
    ];
    expect(`\n${lines.join('\n')}\n`).toBe(`
cache mount /root/.npm (linux/amd64): restored from actions (12.3 MB, saved 30 min ago); unchanged, not saved again
cache mount /root/.npm (linux/amd64): restored from actions (12.3 MB, saved 30 h ago); saved in actions, local /x (13.0 MB)
cache mount /root/.npm (linux/amd64): restored from actions (12.3 MB, saved 3 days ago); not saved: something wrote to it while it was read
cache mount /root/.npm (linux/amd64): began empty, no cache had it; empty, not saved
cache mount /root/.npm (linux/amd64): was on this machine; not saved: it has 3.20 GB, more than the 2.15 GB left for it; delete in the step what is not needed, or raise cache-mount-limit
cache mount /root/.npm (linux/amd64): not restored: it has 3.20 GB, more than 1.00 kB (cache-mount-limit); unchanged, not saved again
cache mount /root/.npm (linux/amd64): not restored: actions: its archive is gone (evicted); unchanged, not saved again
`);
  });

  test('a clock that is behind, and an id with line ends, which must not be a command to the runner', () => {
    expect(text({ type: 'new' }, { type: 'unchanged' }, 'a\n::error::x\r\u0007')).toMatch(
      /^cache mount a\?::error::x\?\? \(/,
    );
    expect(text(from(-5), { type: 'unchanged' })).toContain('saved 0 min ago');
  });
});
