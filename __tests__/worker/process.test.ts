import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { exec, start } from '../../src/base/exec.ts';
import { tempDir } from '../../src/base/temp.ts';
import { encoded, parseDiffId } from '../../src/image/digest.ts';
import type { EntryWithBody } from '../../src/image/layer/entry.ts';
import { workerStarter } from '../../src/worker/process/client.ts';
import { listen } from '../../src/worker/process/listener.ts';
import type { FinishedRun, LayerFile, LayerPreparer, RunRequest, Worker } from '../../src/worker/worker.ts';
import { Leftovers } from '../support/leftovers.ts';
import { SNAPSHOTTERS } from '../support/snapshotters.ts';
import type { ClientAnswer, ClientRequest } from '../support/worker-client.ts';
import { busyboxLayer, makeLayer } from '../support/worker-layers.ts';

const notRoot = SNAPSHOTTERS[0]?.unavailable;
const asRoot = notRoot === undefined ? test : test.skip;
if (notRoot !== undefined) console.log(`worker tests skipped: ${notRoot}`);

const ENTRY = [process.execPath, '--no-warnings', resolve('src/worker-entry.ts')];
let folder: string;
let busybox: LayerFile;
let counter = 0;
/** Workers start slowly on a machine that is busy with other tests. */
jest.setTimeout(120_000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tsib-worker-'));
  await chmod(folder, 0o755);
  busybox = await busyboxLayer(folder);
});
afterAll(async () => {
  await exec(['rm', '-rf', folder]);
});

const request = (script: string, more: Partial<RunRequest> = {}): RunRequest => ({
  id: `run-${++counter}`,
  root: [busybox],
  args: ['/bin/sh', '-c', script],
  env: ['PATH=/bin'],
  cwd: '/',
  user: '',
  mounts: [],
  network: 'default',
  hostname: 'buildkitsandbox',
  extraHosts: [],
  ...more,
});
const startWorker = (
  isolation: 'auto' | 'unshare' | 'userns' | 'chroot' | 'none' = 'unshare',
  notices: string[] = [],
): Promise<Worker> =>
  workerStarter({
    stateDir: folder,
    entry: ENTRY,
    isolation,
    onNotice: (message) => notices.push(message),
  })();
const pathsOf = async (run: { changes(): AsyncIterable<{ entry: { path: string } }> }): Promise<string[]> => {
  const paths: string[] = [];
  for await (const { entry } of run.changes()) paths.push(entry.path);
  return paths;
};
const quiet = { onOutput: () => undefined };

describe('as root', () => {
  asRoot('layers in, output and changes out; a committed step is the root of the next one', async () => {
    await using worker = await startWorker();
    expect(await worker.isolation()).toMatchObject({
      rung: 'unshare',
      snapshotter: 'overlay',
      privilege: 'root',
    });
    await worker.prepare([busybox]);
    const seen: string[] = [];
    const diffId = parseDiffId(`sha256:${'3'.repeat(64)}`);
    {
      await using run = await worker.run(
        request('echo out; echo err >&2; head -c 3000000 /dev/zero > /big; rm /var/data; exit 7'),
        {
          onOutput: (chunk, stream) => seen.push(`${stream} ${Buffer.from(chunk).toString()}`),
        },
      );
      expect(run.exitCode).toBe(7);
      expect(seen.sort()).toEqual(['stderr err\n', 'stdout out\n']);
      let size = 0;
      const paths: string[] = [];
      for await (const { entry, body } of run.changes()) {
        paths.push(entry.path);
        if (body !== undefined) for await (const chunk of body) size += chunk.length;
      }
      expect(paths).toEqual(['big', 'var', 'var/.wh.data']);
      expect(size).toBe(3_000_000);
      await run.commit(diffId);
    }
    const next = request('ls /var; wc -c < /big', {
      root: [busybox, { diffId, path: '/nonexistent', compression: 'none' }],
    });
    const said: string[] = [];
    await using run = await worker.run(next, {
      onOutput: (chunk) => said.push(Buffer.from(chunk).toString()),
    });
    expect([run.exitCode, said.join('')]).toEqual([0, '3000000\n']);
  });

  asRoot('unpacks layers before it knows how steps can be run, which is remembered', async () => {
    const starter = workerStarter({
      stateDir: folder,
      entry: ENTRY,
      isolation: 'unshare',
      onNotice: () => undefined,
    });
    for (const round of ['tried', 'remembered']) {
      const early = Promise.withResolvers<LayerPreparer>();
      await using worker = await starter(undefined, { onPreparer: early.resolve });
      const { unpack, prepare } = await early.promise;
      expect([round, (await worker.isolation()).snapshotter]).toEqual([round, 'overlay']);
      await unpack([busybox]);
      await prepare([busybox]);
      await expect(
        prepare([{ ...busybox, path: '/nonexistent', diffId: parseDiffId(`sha256:${'9'.repeat(64)}`) }]),
      ).rejects.toMatchObject({ code: 'UNPACK_FAILED' });
    }
  });

  asRoot('errors keep kind, code and hint on the way', async () => {
    await using worker = await startWorker();
    await expect(worker.run(request('true', { user: 'ghost' }), quiet)).rejects.toMatchObject({
      name: 'BuildError',
      kind: 'user',
      code: 'USER_NOT_FOUND',
      hint: expect.stringContaining('earlier step'),
    });
    const broken = {
      ...(await makeLayer(folder, { x: { content: 'x' } })),
      diffId: parseDiffId(`sha256:${'4'.repeat(64)}`),
    };
    await expect(worker.prepare([broken])).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    // And it goes on working.
    await using run = await worker.run(request('exit 3'), quiet);
    expect(run.exitCode).toBe(3);
  });

  asRoot("the worker and its steps see nothing of main's environment", async () => {
    process.env['TSIB_TOKEN_OF_MAIN'] = 'do-not-leak';
    try {
      await using worker = await startWorker();
      const said: string[] = [];
      const script =
        'env; for f in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do cat $f; done; kill -9 -1; ls -d /proc/[0-9]*';
      await using run = await worker.run(request(script), {
        onOutput: (chunk) => said.push(Buffer.from(chunk).toString()),
      });
      expect(run.exitCode).toBe(0);
      expect(said.join('')).not.toContain('do-not-leak');
      expect(
        workers()
          .flatMap((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'))
          .join(''),
      ).not.toContain('do-not-leak');
      expect(workers().length).toBeGreaterThan(0);
    } finally {
      delete process.env['TSIB_TOKEN_OF_MAIN'];
    }
  });

  asRoot('descriptors that main was started with do not reach a step', async () => {
    const argv = clientArgv({ isolation: 'unshare', script: 'ls /proc/self/fd' });
    const inherit = ['sh', '-c', 'exec 7< /etc/hostname 8> /dev/null; exec "$@"', 'sh'];
    const { stdout } = await exec([...inherit, ...argv], { cwd: resolve('.') });
    const answer = JSON.parse(stdout.toString('utf8')) as ClientAnswer;
    // The fourth is the folder that ls reads.
    expect(answer.output?.trim().split('\n')).toEqual(['0', '1', '2', '3']);
  });

  asRoot('a cancelled step is killed, the worker lives on', async () => {
    await using worker = await startWorker();
    const abort = new AbortController();
    const run = worker.run(request('echo go; sleep 65432'), {
      signal: abort.signal,
      onOutput: () => abort.abort(),
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(processesWith('sleep\u000065432')).toEqual([]);
    await using next = await worker.run(request('true'), quiet);
    expect(next.exitCode).toBe(0);
  });

  asRoot('a reader that is behind slows a step down, and does not keep it from being cancelled', async () => {
    await using worker = await startWorker();
    const abort = new AbortController();
    let [seen, asked] = [0, 0];
    const full = Promise.withResolvers<void>();
    const run = worker.run(request('head -c 100000000 /dev/zero; sleep 65434'), {
      signal: abort.signal,
      onOutput: (chunk) => {
        seen += chunk.length;
      },
      drained: () => {
        asked++;
        full.resolve();
        return new Promise(() => undefined);
      },
    });
    run.catch(() => undefined);
    await full.promise;
    // The step is not done with printing as long as it is not read: two more steps begin and end meanwhile.
    for (let i = 0; i < 2; i++) await (await worker.run(request('true'), quiet))[Symbol.asyncDispose]();
    expect(asked).toBe(1);
    expect(seen).toBeLessThan(1_000_000);
    expect(processesWith('head -c 100000000 ').length).toBeGreaterThan(0);
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(processesWith('head -c 100000000 ')).toEqual([]);
  });

  asRoot('stopping takes children, mounts and folders along, even in the middle of a step', async () => {
    const worker = await startWorker();
    const run = worker.run(request('sleep 65433'), quiet);
    run.catch(() => undefined);
    await until(() => processesWith('sleep\u000065433').length > 0);
    await worker[Symbol.asyncDispose]();
    await expect(run).rejects.toBeDefined();
    expect(processesWith('sleep\u000065433')).toEqual([]);
    expect(readdirSync(join(folder, 'worker', 'root', 'runs'))).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(folder);
  });

  asRoot('changes that nobody reads to their end hold up neither the step nor the worker', async () => {
    await using worker = await startWorker();
    const big = 'head -c 50000000 /dev/urandom > /big';
    const begin = async (): Promise<FinishedRun> => {
      const run = await worker.run(request(big), quiet);
      const { value } = await run.changes()[Symbol.asyncIterator]().next();
      await (value as EntryWithBody | undefined)?.body?.[Symbol.asyncIterator]().next();
      return run;
    };
    const run = await begin();
    expect(processesWith('tar\0-c').length).toBe(1);
    await run[Symbol.asyncDispose]();
    await until(() => processesWith('tar\0-c').length === 0);
    await begin();
    await worker[Symbol.asyncDispose]();
    // One that had to be killed leaves them.
    expect(readdirSync(join(folder, 'worker', 'root', 'runs'))).toEqual([]);
  });

  asRoot('a killed worker is an error, and nothing of it goes on', async () => {
    await using worker = await startWorker();
    const run = worker.run(request('sleep 65434'), quiet);
    run.catch(() => undefined);
    await until(() => processesWith('sleep\u000065434').length > 0);
    for (const pid of workers()) process.kill(Number(pid), 'SIGKILL');
    await expect(run).rejects.toMatchObject({ code: 'WORKER_DIED', kind: 'environment' });
    await until(() => processesWith('sleep\u000065434').length === 0);
    await expect(worker.prepare([busybox])).rejects.toMatchObject({ code: 'WORKER_DIED' });
  });

  asRoot('when main is killed everything ends, and the next worker sweeps up', async () => {
    const client = start(clientArgv({ script: 'echo READY; sleep 65435' }), { cwd: resolve('.') });
    client.stdout.resume();
    for await (const chunk of client.stderr as AsyncIterable<Buffer>) if (chunk.includes('READY')) break;
    const [worker = ''] = workers(client.pid);
    const [sleeper = ''] = processesWith('sleep\u000065435', client.pid);
    expect(Number(worker) * Number(sleeper)).toBeGreaterThan(0);
    // Stopped, the worker cannot put its folders away this time.
    process.kill(Number(worker), 'SIGSTOP');
    client.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${client.pid}`));
    process.kill(Number(worker), 'SIGKILL');
    await until(() => !commandOf(sleeper).includes('65435'));
    const runs = join(folder, 'worker', 'root', 'runs');
    const left = (): string[] => readdirSync(runs).filter((name) => name.startsWith(`${client.pid}-`));
    expect(left()).toHaveLength(1);
    await using next = await startWorker();
    await until(() => left().length === 0);
    expect(await new Leftovers(client.pid, ['65435']).stay()).toEqual([]);
    expect((await next.isolation()).rung).toBe('unshare');
  });

  asRoot('nothing of a step goes on after its worker was killed where it has no namespaces', async () => {
    const withoutMounts = ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin'];
    const seconds = String(20_000_000 + process.pid);
    const script = `(setsid sleep ${seconds} &); echo READY; sleep ${seconds}; true`;
    const argv = [...withoutMounts, ...clientArgv({ isolation: 'chroot', script })];
    await using client = start(argv, { cwd: resolve('.') });
    client.stdout.resume();
    for await (const chunk of client.stderr as AsyncIterable<Buffer>) if (chunk.includes('READY')) break;
    // The first of them has no parent any more.
    const sleepers = (): string[] =>
      readdirSync('/proc').filter((pid) => commandOf(pid) === `sleep\0${seconds}\0`);
    await until(() => sleepers().length === 2);
    for (const pid of workers(client.pid)) process.kill(Number(pid), 'SIGKILL');
    await until(() => sleepers().length === 0);
  });

  asRoot('prune frees unpacked layers', async () => {
    await using worker = await startWorker();
    await worker.prepare([busybox]);
    expect(await worker.held()).toContainEqual({
      kind: 'layer',
      name: encoded(busybox.diffId),
      size: expect.any(Number),
      lastUsed: expect.any(Date),
    });
    expect(await worker.prune(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(await worker.prune(new Date(Date.now() + 1000))).toBeGreaterThan(1_000_000);
    expect(await worker.held()).toEqual([]);
    await using run = await worker.run(request('true'), quiet);
    expect(await pathsOf(run)).toEqual([]);
  });

  asRoot('what is discarded goes with the worker, folder and all', async () => {
    const stateDir = await mkdtemp(join(folder, 'discarded-'));
    {
      await using worker = await workerStarter({
        stateDir,
        entry: ENTRY,
        isolation: 'unshare',
        onNotice: () => undefined,
      })();
      await worker.prepare([busybox]);
      await worker.discard();
      expect(readdirSync(join(stateDir, 'worker', 'root', 'layers'))).toHaveLength(1);
    }
    expect(readdirSync(join(stateDir, 'worker'))).toEqual([]);
  });

  asRoot('isolation "none" says so before anything starts', async () => {
    await expect(startWorker('none')).rejects.toMatchObject({ code: 'NO_ISOLATION', kind: 'environment' });
  });
});

describe('as other users', () => {
  const users = ['tsib-test-sudo', 'tsib-test-plain'] as const;
  const sudoers = '/etc/sudoers.d/tsib-test-sudo';
  let unavailable = notRoot;
  beforeAll(async () => {
    if (unavailable !== undefined) return;
    for (const user of users) {
      const { exitCode, stderr } = await exec(['useradd', '-m', user]);
      if (exitCode !== 0 && exitCode !== 9) unavailable = `no test users: ${stderr.trim()}`;
    }
    if (!existsSync('/etc/sudoers.d')) unavailable ??= 'no sudo here';
    if (unavailable !== undefined) return;
    await writeFile(sudoers, `${users[0]} ALL=(ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
    const readable = await exec([
      'setpriv',
      `--reuid=${users[1]}`,
      '--clear-groups',
      'test',
      '-r',
      ENTRY[2] ?? '',
    ]);
    if (readable.exitCode !== 0) unavailable = 'this checkout cannot be read by other users';
  });
  afterAll(async () => {
    if (notRoot !== undefined) return;
    await exec(['rm', '-f', sudoers]);
    for (const user of users) await exec(['userdel', '-r', user]);
  });
  /** What main would see as this user; undefined (with the reason printed) where that cannot be tried. */
  const playAs = async (
    user: (typeof users)[number],
    fields: Partial<ClientRequest>,
    wrap: readonly string[] = [],
  ): Promise<ClientAnswer | undefined> => {
    if (unavailable !== undefined) {
      console.log(`skipped: ${unavailable}`);
      return undefined;
    }
    const stateDir = await mkdtemp(join(folder, `${user}-`));
    await exec(['chown', user, stateDir]);
    const become = [
      'setpriv',
      `--reuid=${user}`,
      `--regid=${user}`,
      '--init-groups',
      'env',
      '-i',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      'TSIB_TOKEN_OF_MAIN=do-not-leak',
    ];
    const { stdout, stderr } = await exec([...wrap, ...become, ...clientArgv({ stateDir, ...fields })], {
      cwd: resolve('.'),
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout.toString('utf8')) as ClientAnswer;
  };
  const script = 'touch /by-root /tmp/by-app; chown app:staff /tmp/by-app; cat /proc/*/environ; id -u';

  test('sudo without a password: root through sudo', async () => {
    const answer = await playAs(users[0], { script });
    if (answer === undefined) return;
    expect(answer.isolation).toMatchObject({ privilege: 'root through sudo', snapshotter: 'overlay' });
    expect(answer.changes).toEqual(['by-root file 0:0', 'tmp directory 0:0', 'tmp/by-app file 1000:50']);
    expect(answer.output).not.toContain('do-not-leak');
    expect(answer.output).toMatch(/0\n$/);
  });

  test('no sudo, but user namespaces: owners are right all the same', async () => {
    const answer = await playAs(users[1], { script });
    if (answer === undefined) return;
    if (answer.error !== undefined) return console.log(`skipped: ${answer.error.message}`);
    expect(answer.isolation?.rung).toBe('userns');
    expect(answer.isolation?.reasons[0]).toContain('sudo');
    const many = answer.isolation?.limits.some((line) => line.startsWith('Only root')) === false;
    expect(answer.changes).toEqual([
      'by-root file 0:0',
      'tmp directory 0:0',
      `tmp/by-app file ${many ? '1000:50' : '0:0'}`,
    ]);
  });

  test('user namespaces: capabilities of files keep their form, devices are left out, and a step is told why it cannot make one', async () => {
    // cap_net_raw+ep in version 2; the kernel keeps version 3 with the namespace's root in it.
    const capability = '0100000200200000000000000000000000000000';
    const special = await makeLayer(folder, {
      able: {
        content: 'a',
        mode: 0o755,
        xattrs: new Map([['security.capability', Buffer.from(capability, 'hex')]]),
      },
      disk: { type: 'block', devMajor: 7, devMinor: 0 },
      'disk-again': { type: 'hardlink', linkName: 'disk' },
      'real-link': { type: 'hardlink', linkName: 'bin/busybox' },
    });
    const steps =
      'chmod 700 /able; ln /able /able-too; test -e /disk || echo left out; cmp /real-link /bin/busybox && mknod /made b 7 0; mkfifo /pipe';
    const answer = await playAs(users[1], { script: steps, root: [busybox, special], isolation: 'userns' });
    if (answer === undefined) return;
    if (answer.error !== undefined) return console.log(`skipped: ${answer.error.message}`);
    expect(answer.output).toMatch(/left out\n.*(not permitted|denied)/s);
    expect(answer.changes).toEqual([
      `able file 0:0 ${capability}`,
      expect.stringMatching(/^able-too hardlink 0:0/),
      'pipe fifo 0:0',
    ]);
  });

  test('neither: an error that names the one thing to change', async () => {
    // Inside a chroot the kernel makes no user namespaces (user_namespaces(7), clone(2) EPERM).
    const wrap = [
      'unshare',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      `mkdir -p ${folder}/again && mount --rbind / ${folder}/again && cd ${resolve('.')} && exec chroot ${folder}/again "$@"`,
      'sh',
    ];
    const answer = await playAs(users[1], { script }, wrap);
    if (answer === undefined) return;
    expect(answer.error).toMatchObject({
      code: 'NO_ISOLATION',
      hint: expect.stringMatching(/sudo without a password|sysctl/),
    });
    expect(answer.notices).toHaveLength(4);
  });

  test('a forced isolation that is not allowed is refused, not replaced', async () => {
    const answer = await playAs(users[1], { script, isolation: 'runc' });
    if (answer === undefined) return;
    expect(answer.error).toMatchObject({
      code: 'NO_ISOLATION',
      message: expect.stringContaining('"runc"'),
      hint: expect.stringContaining('sudo'),
    });
  });
});

describe('listener', () => {
  test('a stranger without the token is cut off, the worker is let in', async () => {
    await using home = await tempDir(tmpdir(), 'tsib-listener-');
    await using listener = await listen(home.path, 'right-token');
    const stranger = createConnection(listener.path);
    stranger.write('{"token":"wrong-token","role":"control"}\n');
    await new Promise((done) => stranger.once('close', done));
    const worker = createConnection(listener.path);
    worker.write('{"token":"right-token","role":"stream","stream":4}\nfirst bytes');
    const socket = await listener.stream(4);
    expect(String((await socket[Symbol.asyncIterator]().next()).value)).toBe('first bytes');
    worker.destroy();
  });
});

function clientArgv(fields: Partial<ClientRequest>): string[] {
  const full: ClientRequest = {
    stateDir: folder,
    entry: ENTRY,
    isolation: 'auto',
    root: [busybox],
    script: 'true',
    ...fields,
  };
  return [
    process.execPath,
    '--no-warnings',
    resolve('__tests__/support/worker-client.ts'),
    JSON.stringify(full),
  ];
}

/** Worker processes below this one, or below another one that this test started. */
function workers(ancestor = process.pid): string[] {
  return descendants(ancestor).filter((pid) => {
    const words = commandOf(pid).split('\0');
    return words[0] === process.execPath && words.includes(ENTRY[2] ?? '');
  });
}

/** Processes of this test alone: others may run the same tests at the same time. */
function processesWith(text: string, ancestor = process.pid): string[] {
  return descendants(ancestor).filter((pid) => commandOf(pid).includes(text));
}

function descendants(ancestor: number): string[] {
  const parents = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readOf(`/proc/${pid}/stat`);
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(pid, parent);
  }
  const below = (pid: string | undefined): boolean =>
    pid !== undefined && (pid === String(ancestor) || below(parents.get(pid)));
  return [...parents.keys()].filter((pid) => below(parents.get(pid)));
}

function commandOf(pid: string): string {
  return readOf(`/proc/${pid}/cmdline`);
}

function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new TypeError('it did not come to that');
    await new Promise((wake) => setTimeout(wake, 25));
  }
}
