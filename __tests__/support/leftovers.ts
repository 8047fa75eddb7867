import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds that the kernel and a dying worker get. */
const PATIENCE = 15_000;
const INTERVAL = 50;

/** What a process and all that it started leave on this machine. */
export class Leftovers {
  readonly #pid: number;
  readonly #words: readonly string[];
  readonly #seen = new Map<string, string>();

  /**
   * @param pid the main process
   * @param words what its processes have in their command lines, or mounts and control groups in their names
   */
  constructor(pid: number, words: readonly string[]) {
    this.#pid = pid;
    this.#words = words;
  }

  /** Remembers the processes that are there now. @returns how many */
  look(): number {
    const all = processes();
    const below = (pid: string | undefined): boolean =>
      pid !== undefined && (pid === String(this.#pid) || below(all.get(pid)?.parent));
    for (const [pid, { started }] of all) if (below(pid)) this.#seen.set(pid, started);
    return this.#seen.size;
  }

  /** Waits until as many processes have this in their command lines, or main has ended, and remembers all that are there then. */
  async until(word: string, count: number): Promise<void> {
    const having = (): number =>
      [...processes().values()].filter(({ command, state }) => state !== 'Z' && command.includes(word))
        .length;
    while (having() < count && existsSync(`/proc/${this.#pid}`))
      await new Promise((wake) => setTimeout(wake, INTERVAL));
    this.look();
  }

  /** Processes, mounts and control groups that stay, whatever one waits; one line each. */
  async stay(): Promise<readonly string[]> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const left = [...this.#processes(), ...this.#mounts(), ...this.#groups()];
      if (left.length === 0 || Date.now() > deadline) return left;
      await new Promise((wake) => setTimeout(wake, INTERVAL));
    }
  }

  #processes(): string[] {
    const isOurs = (pid: string, started: string, command: string): boolean =>
      this.#seen.get(pid) === started || this.#words.some((word) => command.includes(word));
    return [...processes()].flatMap(([pid, { started, command, state }]) =>
      // A zombie is what its parent has not asked for yet, and main's parent is the test.
      pid !== String(process.pid) && state !== 'Z' && isOurs(pid, started, command)
        ? [`process ${pid} ${command}`]
        : [],
    );
  }

  #mounts(): string[] {
    const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n');
    return lines
      .filter((line) => this.#words.some((word) => line.includes(word)))
      .map((line) => `mount ${line}`);
  }

  #groups(): string[] {
    return groupsBelow('/sys/fs/cgroup')
      .filter((path) => path.includes(`ts-image-build-${this.#pid}-`))
      .map((path) => `control group ${path}`);
  }
}

interface SeenProcess {
  readonly parent: string;
  readonly started: string;
  readonly state: string;
  readonly command: string;
}

function processes(): Map<string, SeenProcess> {
  const found = new Map<string, SeenProcess>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // proc_pid_stat(5): state, parent, … and, as the 22nd field, the start time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      found.set(pid, { state: fields[0] ?? '', parent: fields[1] ?? '', started: fields[19] ?? '', command });
    } catch {
      // Gone meanwhile.
    }
  }
  return found;
}

function groupsBelow(folder: string, depth = 5): string[] {
  if (depth === 0) return [];
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? [join(folder, entry.name), ...groupsBelow(join(folder, entry.name), depth - 1)]
        : [],
    );
  } catch {
    return [];
  }
}
