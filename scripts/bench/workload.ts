import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A build to be timed. The same name and scale give the same bytes on every machine. */
export interface Workload {
  readonly name: string;
  readonly about: string;
  /** Writes its context into an empty folder. `registry` holds the base images, `scale` is 1 for the full size. */
  write(folder: string, options: { readonly registry: string; readonly scale: number }): Promise<void>;
  /** Changes one source file; each number gives another content. */
  change(folder: string, round: number): Promise<void>;
}

/** As many numbers below 2^32 as are asked for, the same for the same seed (xorshift32). */
export function numbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

const STEMS = 'read write open close node item list value cache layer stream parse build push find key'.split(
  ' ',
);

/** Text of `size` bytes that looks and compresses like program text, about 3.5 to 1. */
export function sourceText(size: number, next: () => number): string {
  const lines: string[] = [];
  for (let length = 0; length < size; ) {
    const [a = '', b = '', c = ''] = [next(), next(), next()].map((n) => STEMS[n % STEMS.length]);
    const line = `  const ${a}${next() % 1000} = await ${b}(${c}.${a}, ${next().toString(36)});`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n').slice(0, size);
}

export async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
