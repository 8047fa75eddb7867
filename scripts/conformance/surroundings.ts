import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execOk } from '../../src/base/exec.ts';
import { isObject, type Json, record, text } from './json-shape.ts';
import { type Answer, bytesOf, NotKnown, type Served, serveFiles, writeContext } from './written-context.ts';

export const REGISTRY = '127.0.0.1:5000';

/** Opened servers and repositories of a case, and what stands for their placeholders. */
export class Surroundings implements AsyncDisposable {
  readonly #values = new Map<string, string>([['{{registry}}', REGISTRY]]);
  readonly #served: Served[] = [];
  /** By placeholder; later builds of a test see the same server with other routes. */
  readonly #routes = new Map<string, Map<string, Answer>>();
  /** Placeholder and steps. */
  readonly #repositories = new Set<string>();

  async open(one: Json, folder: string): Promise<void> {
    for (const [name, routes] of Object.entries(record(one['http']))) await this.#serve(name, record(routes));
    for (const [name, steps] of Object.entries(record(one['git'])))
      await this.#repository(name, steps, folder);
  }

  /** What a placeholder stands for. */
  set(placeholder: string, value: string): void {
    this.#values.set(placeholder, value);
  }

  /** @throws NotKnown for a value that only the test itself could know */
  fill(words: string): string {
    let filled = words;
    for (const [name, value] of this.#values) filled = filled.replaceAll(name, value);
    filled = filled.replaceAll(/\{\{(commit:[^}|]+)\|(\d*):(\d*)\}\}/g, (all, name: string, from, to) => {
      const value = this.#values.get(`{{${name}}}`);
      return value === undefined ? all : value.slice(Number(from), to === '' ? undefined : Number(to));
    });
    if (/\{\{[^}]+\}\}/.test(filled)) throw new NotKnown('a value that the test computed');
    return filled;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#served) await each[Symbol.asyncDispose]();
  }

  async #serve(name: string, routes: Json): Promise<void> {
    const known = this.#routes.get(name);
    const answers = known ?? new Map<string, Answer>();
    answers.clear();
    for (const [path, route] of Object.entries(routes)) {
      const { Content: content, Etag: etag, LastModified: modified } = record(route);
      const time = record(modified)['unix'];
      answers.set(path, {
        body: await bytesOf({ spec: content, content }),
        etag: text(etag),
        ...(typeof time === 'number' ? { modified: new Date(time * 1000) } : {}),
      });
    }
    if (known !== undefined) return;
    this.#routes.set(name, answers);
    const served = await serveFiles((path) => answers.get(path));
    this.#served.push(served);
    this.#values.set(name, served.address);
  }

  async #repository(name: string, steps: unknown, folder: string): Promise<void> {
    const recipe = `${name} ${JSON.stringify(steps)}`;
    if (this.#repositories.has(recipe)) return;
    this.#repositories.add(recipe);
    const at = join(folder, name.replaceAll(/\W/g, ''));
    await mkdir(at);
    for (const step of Array.isArray(steps) ? steps : []) {
      if (isObject(step)) await writeContext(at, record(step['files']));
      else
        await execOk(['sh', '-c', text(step)], {
          cwd: at,
          env: { ...process.env, HOME: at } as Record<string, string>,
        });
    }
    const served = await serveFiles((path) => {
      const file = join(at, path);
      return existsSync(file) && statSync(file).isFile() ? { body: readFileSync(file) } : undefined;
    });
    this.#served.push(served);
    this.#values.set(name, served.address);
    const label = name.replace(/^\{\{git:(.*)\}\}$/, '$1');
    const refs = await execOk(['git', 'for-each-ref', '--format=%(refname:short)'], { cwd: at });
    for (const ref of ['HEAD', ...refs.stdout.toString('utf8').split('\n')].filter((each) => each !== '')) {
      const { stdout } = await execOk(['git', 'rev-parse', `${ref}^{commit}`], { cwd: at });
      this.#values.set(`{{commit:${label}:${ref}}}`, stdout.toString('utf8').trim());
    }
  }
}
