import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';

/** What the machine's answer depends on: a container job of the same machine may be allowed less. */
const FACTS = [
  '/proc/sys/kernel/random/boot_id',
  '/proc/self/uid_map',
  '/proc/self/attr/current',
  '/proc/sys/user/max_user_namespaces',
] as const;
const STATUS_ROWS = /^(CapPrm|CapBnd|NoNewPrivs|Seccomp):.*$/gm;

/** An answer in a file, good until the machine restarts or other privileges are given. */
export interface Memory<T> {
  /** Undefined when the question has to be asked. */
  readonly answer: T | undefined;
  /** Never rejects: without the file the question is asked again. */
  keep(answer: T): Promise<void>;
}

export function recall<T>(folder: string, question: string): Memory<T> {
  const file = join(folder, 'probe.json');
  const key = keyOf(question);
  const known = parse<T>(textOf(file));
  return {
    answer: known?.key === key ? known.answer : undefined,
    keep: async (answer) => {
      const fresh = `${file}.${process.ppid}.${Date.now()}`;
      await writeFile(fresh, JSON.stringify({ key, answer }))
        .then(() => rename(fresh, file))
        .catch(() => undefined);
    },
  };
}

function parse<T>(text: string): { readonly key: string; readonly answer: T } | undefined {
  try {
    return JSON.parse(text) as { key: string; answer: T };
  } catch {
    return undefined;
  }
}

function keyOf(question: string): string {
  const facts = FACTS.map(textOf);
  const status = textOf('/proc/self/status').match(STATUS_ROWS) ?? [];
  return createHash('sha256')
    .update([question, release(), ...facts, ...status].join('\0'))
    .digest('hex');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
