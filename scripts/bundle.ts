// Makes dist/ from lib/: one bundle an entry. Run through `npm run build`, which compiles first.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface NccAsset {
  readonly source: Buffer | string;
}
interface NccOutput {
  readonly code: string;
  readonly assets: Readonly<Record<string, NccAsset>>;
}
type Ncc = (input: string, options: Record<string, unknown>) => Promise<NccOutput>;

const ncc = createRequire(import.meta.url)('@vercel/ncc') as Ncc;
const root = join(import.meta.dirname, '..');
const ENTRIES = { main: 'main.js', post: 'post.js', cli: 'cli.js', worker: 'worker-entry.js' };

await rm(join(root, 'dist'), { recursive: true, force: true });
for (const [name, entry] of Object.entries(ENTRIES)) {
  const out = join(root, 'dist', name);
  await mkdir(out, { recursive: true });
  const { code, assets } = await ncc(join(root, 'lib', entry), {
    cache: false,
    license: 'licenses.txt',
    target: 'es2024',
    quiet: true,
  });
  await writeFile(join(out, 'index.js'), code);
  for (const [path, { source }] of Object.entries(assets)) {
    if (path.endsWith('.d.ts')) continue;
    await mkdir(join(out, path, '..'), { recursive: true });
    await writeFile(join(out, path), source);
  }
  // ncc writes this only through its command line: the bundles are ES modules wherever the folder is copied to.
  await writeFile(join(out, 'package.json'), '{"type":"module"}\n');
}
await tell(join(root, 'dist'));

async function tell(dist: string): Promise<void> {
  for (const name of await readdir(dist)) {
    const sizes = await Promise.all(
      (await readdir(join(dist, name))).map(
        async (file) => `${file} ${((await readFile(join(dist, name, file))).length / 1024).toFixed(0)} kB`,
      ),
    );
    console.log(`dist/${name}: ${sizes.join(', ')}`);
  }
}
