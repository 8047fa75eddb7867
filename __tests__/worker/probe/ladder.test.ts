import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { exec } from '../../../src/base/exec.ts';
import type { LayerFile, WorkerMount } from '../../../src/worker/worker.ts';
import { needs, testWith } from '../../support/needs.ts';
import type { StepsAnswer, StepsRequest } from '../../support/steps-client.ts';
import { busyboxLayer } from '../../support/worker-layers.ts';

const ENTRY = [process.execPath, '--no-warnings', resolve('src/worker-entry.ts')];
/** Not in the folder that ours are put over. */
const RUNC = ['/usr/local/bin/runc', '/usr/sbin/runc', '/usr/bin/runc'].find((path) => existsSync(path));
const asRoot = testWith(needs.root, needs.busybox);
const withRunc = testWith(
  needs.root,
  needs.busybox,
  () => (RUNC === undefined ? 'runc is not installed' : undefined),
  () => (readdirSync('/sys/fs/cgroup').length > 0 ? undefined : 'no control groups here'),
);

let folder: string;
let busybox: LayerFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tsib-ladder-'));
  chmodSync(folder, 0o755);
  if (needs.root() === undefined && needs.busybox() === undefined) busybox = await busyboxLayer(folder);
});
afterAll(async () => {
  await exec(['rm', '-rf', folder]);
});

/** A machine with runtimes of ours in the place of its own. */
interface Machine {
  readonly stateDir: string;
  /** Arguments of each start of a runtime, and the bundle's config that it was given. */
  starts(): readonly { readonly args: string; readonly config: string }[];
  play(rounds: StepsRequest['rounds'], isolation?: StepsRequest['isolation']): Promise<StepsAnswer>;
}

/** @param runtime shell lines of a runtime; `$log` is the file for its words, `$bundle` the folder of its config */
async function machineWith(runtime: string): Promise<Machine> {
  const home = await mkdtemp(join(folder, 'machine-'));
  const [programs, seen, stateDir] = ['programs', 'seen', 'state'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([programs, seen, stateDir].map((path) => mkdir(path)));
  const text = `#!/bin/sh
all="$*"; log=; bundle=
for word; do
  case $before in --log) log=$word ;; --bundle) bundle=$word ;; esac
  before=$word
done
number=1; until mkdir ${seen}/$number 2> /dev/null; do number=$((number + 1)); done
echo "$all" > ${seen}/$number/args; cp "$bundle/config.json" ${seen}/$number/config.json
original=${RUNC}
set -- $all
${runtime}
`;
  for (const name of ['runc', 'crun']) {
    await writeFile(join(programs, name), text);
    await chmod(join(programs, name), 0o755);
  }
  // Ours hide what the first folder of programs holds, for this process and those below it.
  const wrap = [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    `mount --bind ${programs} /usr/local/sbin && exec "$@"`,
    'sh',
  ];
  return {
    stateDir,
    starts: () =>
      readdirSync(seen)
        .sort((a, b) => Number(a) - Number(b))
        .map((name) => ({
          args: readFileSync(join(seen, name, 'args'), 'utf8').trim(),
          config: readFileSync(join(seen, name, 'config.json'), 'utf8'),
        })),
    async play(rounds, isolation = 'auto') {
      const request: StepsRequest = { stateDir, entry: ENTRY, isolation, root: busybox, rounds };
      const client = resolve('__tests__/support/steps-client.ts');
      const argv = [process.execPath, '--no-warnings', client, JSON.stringify(request)];
      const { stdout, stderr } = await exec([...wrap, ...argv], { cwd: resolve('.') });
      expect(stderr).toBe('');
      return JSON.parse(stdout.toString('utf8')) as StepsAnswer;
    },
  };
}

const BROKEN = `
  echo '{"level":"error","msg":"no way to start it"}' > "$log"
  echo "words of the runtime" >&2
  exit 1`;
/** Drops the rules about devices. */
const OPEN = `
  rules='"resources":{"devices":\\[{"allow":true,"access":"rwm"}\\]}'
  sed -i 's/"resources":{"devices":\\[[^]]*\\]}/'"$rules"'/' "$bundle/config.json"
  exec "$original" "$@"`;
const SOUND = `exec "$original" "$@"`;

/** Keeps what a step does to it whatever becomes of the step's root. */
const DIARY: WorkerMount = {
  type: 'cache',
  id: 'diary',
  platform: 'linux/amd64',
  target: '/diary',
  readonly: false,
  sharing: 'shared',
  source: '',
  mode: 0o755,
  uid: 0,
  gid: 0,
};
const step = (script: string, more: object = {}) => ({ script, mounts: [DIARY], ...more });
const HOOK = '"createContainer"';

describe('the first step shows whether a runtime works', () => {
  asRoot('one that cannot start anything: the step runs once, on the next rung', async () => {
    const machine = await machineWith(BROKEN);
    const answer = await machine.play([
      [step('echo ran >> /diary/x; cat /diary/x; test -e /made; echo $?; touch /made')],
    ]);
    expect(answer.steps).toEqual([{ exitCode: 0, output: 'ran\n1\n' }]);
    expect(answer.report?.rung).toBe('unshare');
    expect(answer.report?.reasons).toContainEqual(
      expect.stringMatching(/^runc does not work: .*no way to start it/),
    );
    expect(answer.told).toEqual([{ report: answer.report, after: 0 }]);
    // What is remembered is not tried again.
    const before = machine.starts().length;
    const next = await machine.play([[step('true')]]);
    expect(next.report).toEqual(answer.report);
    expect(machine.starts()).toHaveLength(before);
  });

  asRoot('several steps at the same time find it out together', async () => {
    const machine = await machineWith(BROKEN);
    const names = ['a', 'b', 'c'];
    const answer = await machine.play([
      names.map((name) => step(`echo ${name} >> /diary/${name}; cat /diary/${name}`)),
    ]);
    expect(answer.steps).toEqual(names.map((name) => ({ exitCode: 0, output: `${name}\n` })));
    expect(answer.told).toHaveLength(1);
    expect(new Set(answer.report?.reasons).size).toBe(answer.report?.reasons.length);
  });

  withRunc('one that lets devices be opened: refused before anything of the step has run', async () => {
    const machine = await machineWith(OPEN);
    const answer = await machine.play([[step('echo ran >> /diary/x; cat /diary/x')]]);
    expect(answer.steps).toEqual([{ exitCode: 0, output: 'ran\n' }]);
    expect(answer.report?.rung).toBe('unshare');
    expect(answer.report?.reasons).toContain('runc does not work: it lets steps open every device');
  });

  withRunc('one that lets devices be opened is not trusted with a privileged step either', async () => {
    const machine = await machineWith(OPEN);
    const answer = await machine.play([[step('echo ran >> /diary/x; cat /diary/x', { insecure: true })]]);
    expect(answer.steps).toEqual([{ exitCode: 0, output: 'ran\n' }]);
    expect(answer.report?.rung).toBe('unshare');
  });

  withRunc('one that works: told before the step writes, looked at once', async () => {
    const machine = await machineWith(SOUND);
    const answer = await machine.play([[step('echo one'), step('echo two')], [step('echo three')]]);
    expect(answer.steps.map(({ output }) => output)).toEqual(['one\n', 'two\n', 'three\n']);
    expect(answer.report?.rung).toBe('runc');
    expect(answer.told).toEqual([{ report: answer.report, after: 0 }]);
    const hooks = () => machine.starts().map(({ config }) => config.includes(HOOK));
    expect(hooks()).toEqual([true, true, false]);
    const next = await machine.play([[step('echo four')]]);
    expect(next.told).toEqual([{ report: answer.report, after: 0 }]);
    expect(hooks()).toEqual([true, true, false, false]);
  });

  withRunc("a step that cannot be started by its own fault does not cost the runtime's name", async () => {
    const machine = await machineWith(SOUND);
    const answer = await machine.play([
      [step('echo ran >> /diary/x', { hostname: 'x'.repeat(70) })],
      [step('cat /diary/x; echo next')],
    ]);
    expect(answer.steps[0]).toEqual({
      output: '',
      error: { code: 'ISOLATION_FAILED', message: expect.stringContaining('could not start') },
    });
    expect(answer.steps[1]?.output).toMatch(
      /^next\n.*No such file or directory|No such file or directory\nnext\n$/,
    );
    expect(answer.report?.rung).toBe('runc');
  });

  withRunc('a process that was started is never run again, however it ends', async () => {
    const machine = await machineWith(SOUND);
    const answer = await machine.play([[step('echo ran >> /diary/x; cat /diary/x; exit 125')]]);
    expect(answer.steps).toEqual([{ exitCode: 125, output: 'ran\n' }]);
    expect(machine.starts()).toHaveLength(1);
  });

  asRoot('where nothing else is allowed, the error is that of a machine without any', async () => {
    const machine = await machineWith(BROKEN);
    const answer = await machine.play([[step('echo a'), step('echo b')]], 'runc');
    for (const { error, output } of answer.steps) {
      expect(output).toBe('');
      expect(error?.code).toBe('NO_ISOLATION');
      expect(error?.message).toMatch(
        /^RUN cannot work here with isolation "runc"\nCannot use root with namespaces: .*no way to start it$/,
      );
    }
    expect(answer.notices).toHaveLength(1);
    expect(answer.error).toEqual(answer.steps[0]?.error);
    expect(answer.told).toEqual([]);
  });

  asRoot('asked for without a step, it is tried', async () => {
    const machine = await machineWith(BROKEN);
    const { report } = await machine.play([]);
    expect(report?.rung).toBe('unshare');
    expect((await machine.play([], 'runc')).error?.code).toBe('NO_ISOLATION');
  });
});
