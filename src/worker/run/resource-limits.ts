import { readFile } from 'node:fs/promises';
import type { ResourceLimit } from '../sandbox.ts';

/** Docker's names (those of RLIMIT_ without the prefix) to the rows of /proc/self/limits. */
const ROWS: Readonly<Record<string, string>> = {
  as: 'Max address space',
  core: 'Max core file size',
  cpu: 'Max cpu time',
  data: 'Max data size',
  fsize: 'Max file size',
  locks: 'Max file locks',
  memlock: 'Max locked memory',
  msgqueue: 'Max msgqueue size',
  nice: 'Max nice priority',
  nofile: 'Max open files',
  nproc: 'Max processes',
  rss: 'Max resident set',
  rtprio: 'Max realtime priority',
  rttime: 'Max realtime timeout',
  sigpending: 'Max pending signals',
  stack: 'Max stack size',
};
const UNLIMITED = -1;

/** The limits asked for, lowered to what this process may give: raising a hard limit takes CAP_SYS_RESOURCE. */
export async function grantable(wanted: readonly ResourceLimit[]): Promise<readonly ResourceLimit[]> {
  if (wanted.length === 0) return [];
  const table = await readFile('/proc/self/limits', 'utf8');
  return wanted.map(({ name, soft, hard }) => {
    const ours = hardLimit(table, ROWS[name] ?? '');
    const cappedHard = lower(hard, ours);
    return { name, soft: lower(soft, cappedHard), hard: cappedHard };
  });
}

/** The hard limit of this process; undefined for none, or when it is not known. */
export async function hardLimitOf(name: string): Promise<number | undefined> {
  const limit = hardLimit(await readFile('/proc/self/limits', 'utf8'), ROWS[name] ?? '');
  return limit === UNLIMITED ? undefined : limit;
}

function hardLimit(table: string, row: string): number {
  const line = row === '' ? undefined : table.split('\n').find((each) => each.startsWith(row));
  const text = line?.slice(row.length).trim().split(/\s+/)[1];
  return text === undefined || text === 'unlimited' ? UNLIMITED : Number(text);
}

function lower(a: number, b: number): number {
  if (a === UNLIMITED) return b;
  if (b === UNLIMITED) return a;
  return Math.min(a, b);
}
