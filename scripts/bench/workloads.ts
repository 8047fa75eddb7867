import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { numbers, sourceText, type Workload, writeAll } from './workload.ts';

const MIB = 1024 * 1024;

const tiny: Workload = {
  name: 'tiny',
  about: 'two stages on busybox: a COPY, a RUN, a COPY --from',
  write: (folder, { registry }) =>
    writeAll(folder, {
      'word.txt': 'round 0\n',
      Dockerfile: `FROM ${registry}/library/busybox:latest AS make
COPY word.txt /in/word.txt
RUN tr a-z A-Z < /in/word.txt > /word.txt
FROM ${registry}/library/busybox:latest
COPY --from=make /word.txt /word.txt
CMD ["cat", "/word.txt"]
`,
    }),
  change: (folder, round) => writeFile(join(folder, 'word.txt'), `round ${round}\n`),
};

/** Stands in for `npm ci`: 3,000 files of 20 kB in node_modules. Runs inside the image, so it is written with its helpers. */
const INSTALL = `const fs = require('node:fs');
const STEMS = ${JSON.stringify('read write open close node item list value cache layer stream parse build push find key'.split(' '))};
${numbers}
${sourceText}
for (let p = 0; p < 150; p++) {
  const folder = 'node_modules/package-' + p + '/lib';
  fs.mkdirSync(folder, { recursive: true });
  const next = numbers(p);
  const pool = sourceText(60000, next);
  for (let f = 0; f < 20; f++) {
    const size = 10000 + (next() % 20000);
    const at = next() % (60000 - size);
    fs.writeFileSync(folder + '/' + f + '.js', '// ' + p + ' ' + f + '\\n' + pool.slice(at, at + size));
  }
}
`;

/** Stands in for a compiler: reads every source, shrinks it, writes a bundle for each folder. */
const COMPILE = `const fs = require('node:fs');
const { createHash } = require('node:crypto');
fs.mkdirSync('dist');
const sums = [];
for (const folder of fs.readdirSync('src').sort()) {
  const sources = fs.readdirSync('src/' + folder).sort().map((name) => fs.readFileSync('src/' + folder + '/' + name, 'utf8'));
  for (const source of sources) sums.push(createHash('sha256').update(source).digest('hex'));
  fs.writeFileSync('dist/' + folder + '.js', sources.map((source) => source.replace(/\\s+/g, ' ')).join('\\n'));
}
fs.writeFileSync('dist/sums.txt', sums.join('\\n'));
`;

const nodeApp: Workload = {
  name: 'node-app',
  about:
    'node 24: an install of 3,000 files (60 MB), 2,000 sources (20 MB), a compile step, a last stage that copies both',
  async write(folder, { registry }) {
    const base = `${registry}/library/node:24-slim`;
    await writeAll(folder, {
      'package.json': '{"name":"bench","version":"1.0.0"}\n',
      'package-lock.json': '{"name":"bench","lockfileVersion":3}\n',
      'install.js': INSTALL,
      'compile.js': COMPILE,
      '.dockerignore': 'node_modules\ndist\n',
      Dockerfile: `FROM ${base} AS deps
WORKDIR /app
COPY package*.json install.js ./
RUN node install.js

FROM deps AS build
COPY compile.js ./
COPY src ./src
RUN node compile.js

FROM ${base}
WORKDIR /app
ENV NODE_ENV=production
COPY --from=deps /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
CMD ["node", "dist/part-0.js"]
`,
    });
    for (let part = 0; part < 100; part++) {
      const next = numbers(1000 + part);
      const sources = Array.from({ length: 20 }, (_, i): [string, string] => [
        `src/part-${part}/${i}.js`,
        `// round 0\n${sourceText(5000 + (next() % 10_000), next)}`,
      ]);
      await writeAll(folder, Object.fromEntries(sources));
    }
  },
  change: (folder, round) =>
    writeFile(join(folder, 'src/part-42/7.js'), `// round ${round}\n${sourceText(9000, numbers(round))}`),
};

const STAGES = 8;

const fanOut: Workload = {
  name: 'fan-out',
  about: `${STAGES} independent stages of one second each, a last one that copies from all`,
  write: (folder, { registry }) => {
    const from = `FROM ${registry}/library/busybox:latest`;
    const names = Array.from({ length: STAGES }, (_, i) => i);
    const stages = names.map(
      (i) => `${from} AS s${i}\n${i === 3 ? 'COPY seed.txt /\n' : ''}RUN sleep 1; echo ${i} > /out${i}\n`,
    );
    const copies = names.map((i) => `COPY --from=s${i} /out${i} /\n`);
    return writeAll(folder, {
      'seed.txt': 'round 0\n',
      Dockerfile: [...stages, `${from}\n`, ...copies].join(''),
    });
  },
  change: (folder, round) => writeFile(join(folder, 'seed.txt'), `round ${round}\n`),
};

const manyFiles: Workload = {
  name: 'many-files',
  about: 'FROM scratch, one COPY of 50,000 small files (400 MB)',
  async write(folder, { scale }) {
    const folders = Math.max(1, Math.round(500 * scale));
    for (let i = 0; i < folders; i++) {
      const next = numbers(5000 + i);
      const pool = sourceText(40_000, next);
      const files = Array.from({ length: 100 }, (_, f): [string, string] => {
        const size = 2000 + (next() % 12_000);
        const at = next() % (40_000 - size);
        return [`data/${i % 20}/${i}/${f}.txt`, `${i} ${f} round 0\n${pool.slice(at, at + size)}`];
      });
      await writeAll(folder, Object.fromEntries(files));
    }
    await writeAll(folder, { Dockerfile: 'FROM scratch\nCOPY data /data\n' });
  },
  change: (folder, round) => writeFile(join(folder, 'data/0/0/42.txt'), `round ${round}\n`),
};

const bigFile: Workload = {
  name: 'big-file',
  about: 'FROM scratch, one COPY of a file of 1 GiB, two fifths of it random',
  async write(folder, { scale }) {
    const next = numbers(77);
    const text = Buffer.from(sourceText(MIB, next));
    const file = await open(join(folder, 'blob.bin'), 'w');
    try {
      for (let block = 0; block < Math.max(1, Math.round(1024 * scale)); block++) {
        const bytes = Buffer.from(text);
        for (let at = 0; at < MIB; at += 65_536)
          for (let i = at; i < at + 26_216; i += 4) bytes.writeUInt32LE(next(), i);
        await file.write(bytes);
      }
    } finally {
      await file.close();
    }
    await writeAll(folder, { Dockerfile: 'FROM scratch\nCOPY blob.bin /blob.bin\n' });
  },
  async change(folder, round) {
    const file = await open(join(folder, 'blob.bin'), 'r+');
    const { size } = await file.stat();
    await file.write(String(round).padStart(10, '0'), Math.floor(size / MIB / 2) * MIB + 40_000);
    await file.close();
  },
};

export const WORKLOADS: readonly Workload[] = [tiny, nodeApp, fanOut, manyFiles, bigFile];
