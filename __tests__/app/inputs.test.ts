import { describe, expect, test } from '@jest/globals';
import { type ActionInputs, readInputs, secretsToMask } from '../../src/app/action/inputs.ts';
import type { BuildError } from '../../src/base/errors.ts';

function read(inputs: Record<string, string>, environment: Record<string, string> = {}): ActionInputs {
  return readInputs((name) => inputs[name] ?? '', { RUNNER_TEMP: '/temp', ...environment });
}

function failure(inputs: Record<string, string>): BuildError {
  try {
    read(inputs);
  } catch (error) {
    return error as BuildError;
  }
  throw new TypeError('nothing was wrong');
}

describe('inputs of the action', () => {
  test('files for the findings: SARIF where no format is named, one format a file', () => {
    expect(read({ 'lint-output': 'a.sarif' }).lintReports).toEqual([{ format: 'sarif', output: 'a.sarif' }]);
    expect(read({ 'lint-output': 'a\nb', 'lint-format': 'json,junit' }).lintReports).toEqual([
      { format: 'json', output: 'a' },
      { format: 'junit', output: 'b' },
    ]);
    expect(() => read({ 'lint-format': 'json' })).toThrow(/file of its own/);
    expect(() => read({ 'lint-output': 'a', lint: 'false' })).toThrow(/nothing is linted/);
    expect(() => read({ 'lint-output': 'a', 'lint-format': 'prose' })).toThrow(/prose/);
    expect(read({ 'lint-fail-on': 'error' }).build.lint.failOn).toBe('error');
  });

  test('nothing but defaults', () => {
    const { build, summary, temporaryState } = read({}, { GITHUB_WORKFLOW: 'ci', GITHUB_JOB: 'image' });
    expect(build).toMatchObject({
      context: '.',
      outputs: [],
      tags: [],
      lint: { enabled: true, shellcheck: 'auto' },
      cache: {
        enabled: true,
        from: [{ place: { type: 'gha', scope: 'ci|image|.||' }, named: false }],
        to: [{ place: { type: 'gha', scope: 'ci|image|.||' }, mode: 'max' }],
        inline: false,
        strict: false,
        notices: [],
      },
      compression: { type: 'gzip' },
      stateDir: '/temp/ts-image-build',
    });
    expect([summary, temporaryState]).toEqual(['full', true]);
  });

  test('lists are CSV lines: commas split tags, and belong to build args', () => {
    const { build } = read(
      {
        tags: 'app:1,ghcr.io/me/app\n\nlocalhost:5000/x:y',
        'build-args': 'A=1,2\n"B=x ""y"""\nFROM_ENV\nNOT_SET',
      },
      { FROM_ENV: 'e' },
    );
    expect(build.tags).toEqual(['docker.io/library/app:1', 'ghcr.io/me/app:latest', 'localhost:5000/x:y']);
  });

  test('build args take their value from the environment when none is written', () => {
    const { build } = read({ 'build-args': 'A=1,2\nFROM_ENV\nNOT_SET\nEMPTY=' }, { FROM_ENV: 'e' });
    expect(build.buildArgs).toEqual({ A: '1,2', FROM_ENV: 'e', EMPTY: '' });
  });

  test('a secret keeps its blanks and line ends, and is masked line by line', () => {
    const { build } = read(
      { secrets: '"key=first line\n second "', 'secret-envs': 'tok=TOKEN' },
      { TOKEN: 'abc123' },
    );
    expect(Buffer.from(build.secrets['key']!).toString()).toBe('first line\n second ');
    expect(secretsToMask(build)).toEqual(expect.arrayContaining(['first line', 'second', 'abc123']));
  });

  test('logins are masked in plain and as the header that carries them', () => {
    const { build } = read({ registries: 'host=ghcr.io,username=me,password=pa=ss' });
    expect(build.logins).toEqual([{ host: 'ghcr.io', username: 'me', password: 'pa=ss' }]);
    expect(secretsToMask(build)).toEqual(['pa=ss', Buffer.from('me:pa=ss').toString('base64')]);
  });

  test('a password with a comma or a quote is a field in quotes', () => {
    const registries =
      'host=ghcr.io,username=me,"password=a,b=c ""d"" "\r\n"host=docker.io,username=you,password=e"\r\n\r\n';
    expect(read({ registries }).build.logins).toEqual([
      { host: 'ghcr.io', username: 'me', password: 'a,b=c "d" ' },
      { host: 'docker.io', username: 'you', password: 'e' },
    ]);
  });

  test.each(['a,hidden', 'a,hidden=b', 'a,HIDDEN ,c'])(
    'a password that is cut at its comma is told by no part of it: %s',
    (password) => {
      const { message } = failure({ registries: `host=ghcr.io,username=me,password=${password}` });
      expect(message).toContain('"password=');
      expect(message.toLowerCase()).not.toContain('hidden');
      expect(failure({ registries: 'host=ghcr.io,user=me,password=x' }).message).toContain('"user"');
    },
  );

  test('a quote that is not closed is wrong input like any other', () => {
    const names = ['tags', 'labels', 'secrets', 'registries', 'cache-from', 'ssh', 'platforms'];
    const { code, kind, message } = failure(Object.fromEntries(names.map((name) => [name, '"hidden=1'])));
    expect([code, kind]).toEqual(['BAD_INPUT', 'user']);
    for (const name of names) expect(message).toContain(`- ${name}: a quote is not closed`);
    expect(message).not.toContain('hidden');
  });

  test('all that is wrong comes in one error, without the secret', () => {
    const error = failure({
      push: 'yes',
      tags: 'UPPER CASE',
      secrets: 'id=',
      ulimit: 'nofile',
      network: 'bridge',
      'shm-size': 'much',
      'lint-fail-on': 'fatal',
      registries: 'host=h,username=u,password=,token=hidden-value',
    });
    expect(error.code).toBe('BAD_INPUT');
    expect(error.message).toMatch(/^8 inputs are wrong:\n/);
    for (const name of [
      'push',
      'tags',
      'secrets',
      'ulimit',
      'network',
      'shm-size',
      'lint-fail-on',
      'registries',
    ]) {
      expect(error.message).toContain(`- ${name}: `);
    }
    expect(error.message).not.toContain('hidden-value');
  });

  test('a level that is wrong is told as one, also beside a compression that is', () => {
    expect(failure({ 'compression-level': '99' }).message).toMatch(
      /^compression-level: "99" is not a level of gzip/,
    );
    const both = failure({ compression: 'bzip2', 'compression-level': '23' }).message;
    expect(both).toMatch(/- compression: "bzip2"[\s\S]*- compression-level: "23"/);
    expect(failure({ compression: 'bzip2', 'compression-level': '20' }).message).not.toContain('level');
  });

  test('each item of a list that is wrong is told', () => {
    const { message } = failure({
      platforms: 'linux/o ne,linux/th ree',
      labels: '=a\n=b',
      'build-args': '=c\nOK=1\n=d',
      outputs: 'type=one\ntype=oci\ntype=two',
      ssh: 'a=/no-such-a,b=/no-such-b',
    });
    expect(message).toMatch(/^11 inputs are wrong:\n/);
    for (const name of ['platforms', 'labels', 'build-args', 'ssh'])
      expect(message.split('\n').filter((line) => line.startsWith(`- ${name}: `))).toHaveLength(2);
    for (const word of ['"=a"', '"=b"', '"=c"', '"=d"', 'one', 'two', 'dest', '/no-such-a', '/no-such-b'])
      expect(message).toContain(word);
  });

  test('cache mounts are kept up to 2 GiB, or as said, or not at all', () => {
    expect(read({}).build.cacheMounts).toEqual({ limit: 2 * 1024 ** 3 });
    expect(read({ 'cache-mount-limit': '500m' }).build.cacheMounts).toEqual({ limit: 500 * 1024 ** 2 });
    expect(read({ 'cache-mounts': 'false' }).build.cacheMounts).toBeUndefined();
    expect(failure({ 'cache-mounts': 'perhaps', 'cache-mount-limit': 'much' }).message).toMatch(
      /cache-mounts: [\s\S]*cache-mount-limit: "much" is not a size/,
    );
  });

  test('the time is the input, else SOURCE_DATE_EPOCH of the environment', () => {
    const epoch = (input: string, variable: string): number | undefined =>
      read({ 'source-date-epoch': input }, { SOURCE_DATE_EPOCH: variable }).build.sourceDateEpoch;
    expect([epoch('1', '2'), epoch('', '2'), epoch('', ''), epoch('0', '')]).toEqual([1, 2, undefined, 0]);
    for (const bad of ['1e3', '-1', '1.5', '0x10', ' ', 'now', '9'.repeat(20), '253402300800']) {
      expect(() => epoch(bad, '')).toThrow(/^source-date-epoch: ".*" is not a whole number of seconds/);
      expect(() => epoch('', bad)).toThrow(/^SOURCE_DATE_EPOCH: /);
    }
  });

  test('push without tags is refused', () => {
    expect(failure({ push: 'true' }).message).toMatch(/^push: there is no tag to push to/);
  });

  test('what is wrong with an output is told of outputs, with push too; the log takes no image', () => {
    const { message } = failure({ push: 'true', outputs: 'type=ocii' });
    expect(message).toMatch(/- push: there is no tag[\s\S]*- outputs: .*"ocii"/);
    expect(failure({ outputs: 'type=oci,dest=a.tar\r\ntype=tar,dest=-\r\n' }).message).toMatch(
      /^outputs: standard output is the log/,
    );
    expect(failure({ push: 'true', tags: 'Upper' }).message).toMatch(/^tags: [^\n]*$/);
  });

  test('a secret of several lines without quotes is told how it is written, and not told', () => {
    const { message } = failure({ secrets: 'key=-----BEGIN KEY-----\nhiddenhidden\n-----END KEY-----' });
    expect(message).toMatch(
      /- secrets: an entry is not of the form ID=VALUE\. .*several lines stands in quotes/,
    );
    expect(message).not.toContain('hidden');
  });

  test('line ends of any kind end an item, also side by side', () => {
    const { build } = read({
      tags: 'r.test/a:1\r\nr.test/a:2\nr.test/a:3\rr.test/a:4\r\n',
      secrets: 'a=1\nb=2\r\nc=3\n"d=4\r\n5"',
      labels: 'x=1\r\ny=2\nz=3',
    });
    expect(build.tags).toEqual([1, 2, 3, 4].map((tag) => `r.test/a:${tag}`));
    expect(Object.values(build.secrets).map(String)).toEqual(['1', '2', '3', '4\r\n5']);
    expect(build.labels).toEqual({ x: '1', y: '2', z: '3' });
  });

  test('the host of a login may be written as an address, as for docker login', () => {
    const host = (text: string): string | undefined =>
      read({ registries: `host=${text},username=u,password=p` }).build.logins[0]?.host;
    for (const text of ['ghcr.io', 'https://ghcr.io', 'https://ghcr.io/', 'http://ghcr.io/v2/', ' ghcr.io '])
      expect(host(text)).toBe('ghcr.io');
    expect(host('https://index.docker.io/v1/')).toBe('index.docker.io');
    expect([host('localhost:5000'), host('[::1]:5000'), host('')]).toEqual([
      'localhost:5000',
      '[::1]:5000',
      'docker.io',
    ]);
    for (const bad of ['me@ghcr.io', 'https://', 'a b'])
      expect(failure({ registries: `host=${bad},username=u,password=p` }).message).toMatch(
        /no name of a registry/,
      );
  });

  test('a login that is cut wrongly is told by none of its words', () => {
    for (const registries of ['ghp_HIDDENtoken', 'ghcr.io,me,ghp_hidden', 'bWU6aGlkZGVu=='])
      expect(failure({ registries }).message).not.toMatch(/hidden|bWU6/i);
    expect(failure({ registries: 'host=ghcr.io,username=me,pasword=x' }).message).toContain('"pasword"');
  });
});
