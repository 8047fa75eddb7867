import { describe, expect, test } from '@jest/globals';
import { parsePlatform } from '../../src/image/platform.ts';
import type { PlanOptions } from '../../src/plan/options.ts';
import { failuresOf, historyOf, onlyTarget, opsOf, planText } from '../support/planning.ts';

describe('images that are needed', () => {
  test('only those that the target reaches are asked for, and again after triggers', () => {
    const { rounds } = planText(
      'FROM unused\nFROM a AS one\nFROM b\nCOPY --from=one x y\nRUN --mount=from=c,target=/c true\n',
      {},
      { 'docker.io/library/b:latest': { OnBuild: ['COPY --from=d x y'] } },
    );
    expect(rounds.map((images) => images.map(({ reference }) => reference).sort())).toEqual([
      ['docker.io/library/a:latest', 'docker.io/library/b:latest', 'docker.io/library/c:latest'],
      ['docker.io/library/d:latest'],
    ]);
  });

  test('each request says where it comes from and what may have been meant', () => {
    const { rounds } = planText('FROM scratch AS build\nFROM scratch\nCOPY --from=bulid x y\n');
    expect(rounds[0]?.[0]).toMatchObject({
      reference: 'docker.io/library/bulid:latest',
      at: { start: { line: 3 } },
      hint: expect.stringContaining('build'),
    });
  });

  test('a step knows for what its base is, where it is built for something else', () => {
    const options = { platforms: [parsePlatform('linux/arm64')] };
    const bases = { 'docker.io/library/a:latest': { architecture: 'amd64' } };
    const programsOf = (text: string): unknown => opsOf(planText(text, options, bases), 'run')[0]?.op;
    expect(programsOf('FROM a AS x\nFROM x\nRUN y\n')).toMatchObject({
      platform: { architecture: 'arm64' },
      programs: { os: 'linux', architecture: 'amd64' },
    });
    expect(programsOf('FROM b\nRUN y\n')).not.toHaveProperty('programs');
    expect(programsOf('FROM scratch\nRUN ["y"]\n')).not.toHaveProperty('programs');
  });

  test('mode and owner shape an empty cache; beside source they count for nothing', () => {
    const mountOf = (value: string): unknown =>
      opsOf(planText(`FROM b AS s\nFROM a\nRUN --mount=type=cache,target=/c,${value} x\n`), 'run')[0]?.op
        .mounts[0];
    expect(mountOf('from=s,source=/d,mode=0700,uid=7,gid=8')).toEqual(mountOf('from=s,source=/d'));
    expect(mountOf('from=s,mode=0700')).toMatchObject({ mode: 0o700, shaped: true });
  });

  test('one for each platform', () => {
    const platforms = ['linux/amd64', 'linux/arm64'].map((name) => parsePlatform(name));
    const { rounds, graph } = planText('FROM a\nFROM --platform=$BUILDPLATFORM b\n', { platforms });
    expect(rounds[0]).toHaveLength(1);
    expect(graph.targets.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
  });
});

test.each([
  ['https://x/y/name%20of.txt?q=1', 'name of.txt'],
  ['https://x', '__unnamed__'],
  ['https://x/y/%2e%2e%2f', 'download'],
  ['https://x/y%2f..', 'download'],
  ['https://x/y%2f.', '__unnamed__'],
])('a download is called by its address, but never as its folder or the one above: %s', (url, filename) => {
  const { graph } = planText(`FROM scratch\nADD ${url} /d/\n`);
  expect(graph.vertices.map(({ op }) => op)).toContainEqual({ kind: 'http', url, filename });
});

const COMMIT = '0123456789'.repeat(4);

test.each([
  [`--checksum=${COMMIT} https://x/y.git`, { ref: COMMIT, checksum: COMMIT }],
  [`--checksum=${COMMIT} https://x/y.git#main`, { ref: 'main', checksum: COMMIT }],
  ['--checksum=0123456 https://x/y.git', { checksum: '0123456' }],
  [`https://x/y.git?commit=${COMMIT}`, { ref: COMMIT, checksum: COMMIT }],
  ['https://x/y.git?commit=0123456', { checksum: '0123456' }],
  ['https://x/y.git?ref=0123456', { ref: '0123456' }],
])(
  'a commit without a ref is fetched itself; a short one is what the default branch has to be: %s',
  (text, said) => {
    const { graph } = planText(`FROM scratch\nADD ${text} /d/\n`);
    const op = { kind: 'git', url: 'https://x/y.git', keepGitDir: false, submodules: true, ...said };
    expect(graph.vertices.map((vertex) => vertex.op)).toContainEqual(op);
  },
);

test('a password in an address is where the address is fetched from, and nowhere else', () => {
  const text = [
    'FROM scratch',
    'ARG T',
    'ADD https://me:${T}@x/y.tgz /a',
    'ADD ["https://${T}@x/y.git", "ssh://git:${T}@x/z.git", "/b"]',
    'ADD git@x:y/z.git ssh://git@x/y.git /c',
  ].join('\n');
  const planned = planText(text, { buildArgs: { T: 't0ken' } });
  const { vertices } = planned.graph;
  expect(vertices.map(({ op }) => ('url' in op ? op.url : ''))).toContain('https://me:t0ken@x/y.tgz');
  expect(vertices.map(({ name }) => name).join('\n')).not.toContain('t0ken@');
  expect(vertices.flatMap(({ inputNames }) => inputNames)).toEqual(
    expect.arrayContaining([
      'https://x/y.tgz',
      'https://x/y.git',
      'ssh://git@x/z.git',
      'git@x:y/z.git',
      'ssh://git@x/y.git',
    ]),
  );
  expect(historyOf(planned)).toEqual([
    'ARG T=t0ken',
    'ADD https://x/y.tgz /a',
    'ADD https://x/y.git ssh://git@x/z.git /b',
    'ADD git@x:y/z.git ssh://git@x/y.git /c',
  ]);
});

describe('stages', () => {
  test('a target is found by name in any case, and the last stage is the default', () => {
    const text = 'FROM scratch AS one\nLABEL at=one\nFROM scratch AS two\nLABEL at=two\n';
    expect(onlyTarget(planText(text)).config.config.Labels).toEqual({ at: 'two' });
    expect(onlyTarget(planText(text, { target: 'ONE' })).config.config.Labels).toEqual({ at: 'one' });
  });

  test('an unknown target is told with the one that was meant', () => {
    expect(() => planText('FROM scratch AS build\n', { target: 'bulid' })).toThrow(
      expect.objectContaining({ code: 'NO_STAGE', hint: expect.stringContaining('build') }),
    );
    expect(failuresOf('FROM scratch AS build\n', { target: '0' })).toEqual(['- NO_STAGE']);
  });

  test('--platform= without a value is none; one that expands to nothing is an error', () => {
    expect(onlyTarget(planText('FROM --platform= scratch\n')).config.architecture).toBe('amd64');
    expect(failuresOf('FROM --platform=$NOTHING scratch\n')).toEqual(['1 BAD_PLATFORM']);
  });

  test('a later stage of the same name takes its place for what follows', () => {
    const text = 'FROM scratch AS x\nLABEL n=1\nFROM scratch AS x\nLABEL n=2\nFROM x\n';
    expect(onlyTarget(planText(text)).config.config.Labels).toEqual({ n: '2' });
  });

  test('COPY --from takes numbers and names in any case; FROM takes exact names only', () => {
    const text = 'FROM scratch AS Foo\nCOPY a a\nFROM scratch\nCOPY --from=0 x x\nCOPY --from=FOO x x\n';
    const [first, ...others] = opsOf(planText(text), 'copy');
    expect(others.map(({ inputs }) => inputs[1])).toEqual([first?.id, first?.id]);
    expect(failuresOf('FROM scratch AS Foo\nFROM Foo\n')).toEqual(['2 BAD_REFERENCE']);
  });

  test.each([
    ['FROM Foo/Bar AS unused\nFROM scratch\n', ['1 BAD_REFERENCE']],
    ['FROM scratch AS unused\nCOPY --from=Other a b\nFROM scratch\n', ['2 BAD_REFERENCE']],
    [
      'FROM scratch AS unused\nRUN --mount=from=a:b:c,target=/c x\nFROM Foo\n',
      ['2 BAD_REFERENCE', '3 BAD_REFERENCE'],
    ],
  ])('a name that no image can have is an error in a stage that nothing needs, too', (text, expected) => {
    expect(failuresOf(text)).toEqual(expected);
    expect(failuresOf('FROM missing AS unused\nCOPY --from=gone a b\nFROM scratch\n')).toEqual([]);
  });

  test('a context of such a name makes it good, in a stage that nothing needs, too', () => {
    const namedContexts: PlanOptions['namedContexts'] = { Other: { kind: 'folder' }, Foo: { kind: 'empty' } };
    const text = 'FROM Foo\nCOPY --from=Other a b\nFROM scratch\n';
    expect(onlyTarget(planText(text, { namedContexts })).chain).toHaveLength(1);
  });

  test.each([
    ['FROM scratch AS a\nCOPY --from=b x x\nFROM scratch AS b\nFROM a\n', ['2 STAGE_ORDER']],
    ['FROM scratch AS a\nRUN --mount=from=b,target=/b x\nFROM scratch AS b\nFROM a\n', ['2 STAGE_ORDER']],
    ['FROM scratch AS a\nCOPY --from=a x x\n', ['2 STAGE_CIRCLE']],
    ['FROM scratch AS a\nCOPY --from=b x x\nFROM scratch AS b\nCOPY --from=a x x\n', ['4 STAGE_CIRCLE']],
    ['FROM scratch\nCOPY --from=7 x x\n', ['2 NO_STAGE']],
    ['FROM scratch\nCOPY --from=$X x x\n', ['2 FROM_IS_FIXED']],
    ['FROM $NOTHING\n', ['1 NO_BASE']],
    ['FROM --platform=no/such/thing/x scratch\n', ['1 BAD_PLATFORM']],
  ])('%j fails', (text, failures) => {
    expect(failuresOf(text)).toEqual(failures);
  });

  test('what nobody needs may be wrong', () => {
    expect(failuresOf('FROM $BAD_IMAGE_\nRUN x\nFROM scratch\n')).toEqual(['1 NO_BASE']);
    expect(failuresOf('FROM scratch\nCOPY --chmod=foo a b\nSTOPSIGNAL 0\nFROM scratch\n')).toEqual([]);
  });

  test('all errors of a build are told at once', () => {
    const text =
      'FROM scratch\nCOPY --chmod=foo a b\nEXPOSE nothing\nRUN --mount=type=none x\nVOLUME $unset\nRUN []\nCOPY https://x/y z\n';
    expect(failuresOf(text)).toEqual([
      '2 BAD_MODE',
      '3 BAD_PORT',
      '4 BAD_MOUNT',
      '5 EMPTY_VOLUME',
      '6 NO_COMMAND',
      '7 REMOTE_COPY',
    ]);
  });
});

describe('arguments', () => {
  const text = 'ARG v=global\nFROM scratch\nRUN a\nARG v\nRUN b\nARG v=own\nRUN c\n';

  test('a global value needs ARG in the stage, a default of the stage wins over it', () => {
    expect(historyOf(planText(text)).filter((line) => line.startsWith('RUN'))).toEqual([
      'RUN /bin/sh -c a',
      'RUN |1 v=global /bin/sh -c b',
      'RUN |1 v=own /bin/sh -c c',
    ]);
  });

  test('a build arg wins over both, also an empty one, and spares the default from being read', () => {
    const given = historyOf(planText(`FROM scratch\nARG v=\${x:?no}\nRUN a\n`, { buildArgs: { v: '' } }));
    expect(given).toEqual(['ARG v=', 'RUN |1 v= /bin/sh -c a']);
    expect(failuresOf(`FROM scratch\nARG v=\${x:?no}\nRUN [\n`)).toEqual(['2 VARIABLE_REQUIRED']);
  });

  test('one ARG line sees itself, one ENV line does not', () => {
    const planned = planText('FROM scratch\nARG a=1 b=$a\nENV c=2 d=$c\nRUN x\n');
    expect(opsOf(planned, 'run')[0]?.op.env.slice(1)).toEqual(['a=1', 'b=1', 'c=2', 'd=']);
  });

  test('a declared argument without a value leaves an ENV of its name alone', () => {
    const planned = planText('FROM scratch\nENV x=env\nARG x\nRUN a\n');
    expect(opsOf(planned, 'run')[0]?.op.env).toContain('x=env');
    expect(historyOf(planned).at(-1)).toBe('RUN |1 x=env /bin/sh -c a');
  });

  test('names of objects are ordinary names', () => {
    expect(historyOf(planText('FROM scratch\nARG constructor\nARG __proto__=1\n'))).toEqual([
      'ARG constructor',
      'ARG __proto__=1',
    ]);
  });

  test('platform arguments and the stage that is built', () => {
    const planned = planText(
      'FROM scratch AS final\nARG TARGETPLATFORM TARGETVARIANT BUILDARCH TARGETSTAGE\nRUN x\n',
      { platforms: [parsePlatform('linux/arm/v7')] },
    );
    expect(opsOf(planned, 'run')[0]?.op.env.slice(1)).toEqual([
      'TARGETPLATFORM=linux/arm/v7',
      'TARGETVARIANT=v7',
      'BUILDARCH=amd64',
      'TARGETSTAGE=final',
    ]);
  });

  test('proxies reach RUN in both cases and nothing else', () => {
    const planned = planText('FROM scratch\nRUN x\n', { buildArgs: { HTTP_PROXY: 'a', http_proxy: 'b' } });
    expect(opsOf(planned, 'run')[0]?.op).toMatchObject({ proxyEnv: ['HTTP_PROXY=b', 'http_proxy=b'] });
    expect(opsOf(planned, 'run')[0]?.op.env).toHaveLength(1);
    expect(historyOf(planned)).toEqual(['RUN /bin/sh -c x']);
  });

  test('arguments for SBOM scanners stay out of the environment', () => {
    const planned = planText('FROM scratch\nARG BUILDKIT_SBOM_SCAN_STAGE=true\nRUN x\n');
    expect(opsOf(planned, 'run')[0]?.op.env).toHaveLength(1);
  });
});

describe('SOURCE_DATE_EPOCH', () => {
  const epoch = (text: string, options = {}) => planText(text, options).graph.sourceDateEpoch;

  test('build arg, file, options, in this order; empty resets', () => {
    const file = 'ARG SOURCE_DATE_EPOCH=2\nFROM scratch\n';
    expect(epoch('FROM scratch\n', { sourceDateEpoch: 1 })).toBe(1);
    expect(epoch(file, { sourceDateEpoch: 1 })).toBe(2);
    expect(epoch(file, { sourceDateEpoch: 1, buildArgs: { SOURCE_DATE_EPOCH: '3' } })).toBe(3);
    expect(epoch(file, { sourceDateEpoch: 1, buildArgs: { SOURCE_DATE_EPOCH: '' } })).toBeUndefined();
    expect(epoch('FROM scratch\n', { buildArgs: { SOURCE_DATE_EPOCH: 'context' } })).toBeUndefined();
    expect(epoch('ARG SOURCE_DATE_EPOCH=context\nFROM scratch\n', { contextTime: 4 })).toBe(4);
  });

  test('what is no time is refused', () => {
    expect(failuresOf('ARG SOURCE_DATE_EPOCH=soon\nFROM scratch\n')).toEqual(['1 BAD_EPOCH']);
    expect(failuresOf('ARG SOURCE_DATE_EPOCH=constructor\nFROM scratch\n')).toEqual(['1 BAD_EPOCH']);
    const given = { buildArgs: { SOURCE_DATE_EPOCH: 'soon' } };
    expect(failuresOf('FROM scratch\n', given)).toEqual(['- BAD_EPOCH']);
    for (const never of ['253402300800', '-99999999999', '9'.repeat(20)])
      expect(failuresOf(`ARG SOURCE_DATE_EPOCH=${never}\nFROM scratch\n`)).toEqual(['1 BAD_EPOCH']);
    expect(() =>
      epoch('FROM scratch\n', { buildArgs: { SOURCE_DATE_EPOCH: 'context' }, contextTime: 1e12 }),
    ).toThrow(expect.objectContaining({ code: 'BAD_EPOCH' }));
    const stage = 'ARG SOURCE_DATE_EPOCH=src\nFROM scratch AS src\nCOPY a b\nFROM scratch\n';
    expect(failuresOf(stage)).toEqual(['2 EPOCH_STAGE']);
  });
});

describe('the image', () => {
  test('of scratch', () => {
    const target = onlyTarget(planText('FROM scratch\n'));
    expect(target).toMatchObject({ baseHistory: [], history: [] });
    expect(target.base).toBeUndefined();
    expect(target.config).toEqual({
      os: 'linux',
      architecture: 'amd64',
      config: {
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        WorkingDir: '/',
      },
    });
  });

  test('keeps what the base says, drops its triggers and what no builder knows', () => {
    const base = {
      Env: null as unknown as string[],
      Volumes: { '/v': {} },
      OnBuild: ['LABEL t=1'],
      Hostname: 'x',
      Labels: { b: '1' },
    };
    const target = onlyTarget(planText('FROM base\n', {}, { 'docker.io/library/base:latest': base }));
    expect(target.config.config).toEqual({
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: ['sh'],
      Volumes: { '/v': {} },
      Labels: { b: '1', t: '1' },
    });
    expect(target.baseHistory).toEqual([{ created_by: 'base of docker.io/library/base:latest' }]);
    expect(target.base?.reference).toMatch(/^docker\.io\/library\/base:latest@sha256:/);
  });

  test('stands on nothing when the base has no layers, and keeps its history', () => {
    const planned = planText('FROM base\nCOPY a b\n', {}, { 'docker.io/library/base:latest': { layers: 0 } });
    expect(opsOf(planned, 'image')).toHaveLength(0);
    expect(opsOf(planned, 'scratch')).toHaveLength(1);
    expect(onlyTarget(planned).baseHistory).toHaveLength(1);
  });

  test('is of the platform that was asked for, unless none was', () => {
    const planned = (implicitPlatform: boolean) =>
      planText('FROM --platform=linux/s390x base AS on_s390x\n', { implicitPlatform });
    expect(onlyTarget(planned(false)).config.architecture).toBe('amd64');
    expect(onlyTarget(planned(true)).config.architecture).toBe('s390x');
  });

  test('steps on a base of another machine run on that, where no platform was asked for', () => {
    const bases = { 'docker.io/library/base:latest': { architecture: 's390x' } };
    const runsOn = (from: string, options: Partial<PlanOptions>) =>
      opsOf(planText(`${from}\nRUN x\n`, options, bases), 'run')[0]?.op.platform.architecture;
    expect(runsOn('FROM base', { implicitPlatform: true })).toBe('s390x');
    expect(runsOn('FROM base', {})).toBe('amd64');
    expect(runsOn('FROM --platform=linux/amd64 base', { implicitPlatform: true })).toBe('amd64');
  });

  test('ENTRYPOINT clears the CMD of the base and of a stage below, not one of the same stage', () => {
    const cmd = (text: string) => onlyTarget(planText(text)).config.config.Cmd;
    expect(cmd('FROM base\nENTRYPOINT ["x"]\n')).toBeUndefined();
    expect(cmd('FROM base AS a\nCMD ["y"]\nFROM a\nENTRYPOINT ["x"]\n')).toBeUndefined();
    expect(cmd('FROM base\nCMD ["y"]\nENTRYPOINT ["x"]\n')).toEqual(['y']);
    expect(cmd('FROM base\nENTRYPOINT ["x"]\nCMD ["y"]\n')).toEqual(['y']);
  });

  test('signs its history with our own name', () => {
    const { history } = onlyTarget(planText('FROM scratch\nCOPY a b\nLABEL a=b\n'));
    expect(history.map(({ entry }) => entry)).toEqual([
      { created_by: 'COPY a b', comment: 'ts-image-build' },
      { created_by: 'LABEL a=b', comment: 'ts-image-build', empty_layer: true },
    ]);
    expect(history.map(({ vertex }) => vertex === undefined)).toEqual([false, true]);
  });
});

describe('the graph', () => {
  test('equal steps are one vertex, inputs come before those that read them, nothing is left over', () => {
    const text =
      'FROM a AS x\nRUN same\nFROM a AS y\nRUN same\nFROM scratch\nCOPY --from=x f f\nCOPY --from=y f f\n';
    const { graph } = planText(text);
    const positions = new Map(graph.vertices.map(({ id }, index) => [id, index]));
    for (const [index, { inputs }] of graph.vertices.entries()) {
      for (const input of inputs) expect(positions.get(input)).toBeLessThan(index);
    }
    expect(opsOf(planText(text), 'run')).toHaveLength(1);
    expect(graph.vertices.map(({ op }) => op.kind).sort()).toEqual([
      'copy',
      'copy',
      'image',
      'run',
      'scratch',
    ]);
  });

  test('a chain begins with the base and ends with the target', () => {
    const planned = planText('FROM a AS x\nWORKDIR /w\nFROM x\nRUN y\n');
    const kinds = new Map(planned.graph.vertices.map(({ id, op }) => [id, op.kind]));
    const { chain, vertex } = onlyTarget(planned);
    expect(chain.map((id) => kinds.get(id))).toEqual(['image', 'mkdir', 'run']);
    expect(chain.at(-1)).toBe(vertex);
  });

  test('no-cache is for all steps or for the stages that it names', () => {
    const text = 'FROM a AS One\nRUN x\nFROM one\nRUN y\n';
    const marks = (noCache: boolean | readonly string[]) =>
      opsOf(planText(text, { noCache }), 'run').map((vertex) => vertex.noCache);
    expect(marks(false)).toEqual([false, false]);
    expect(marks(true)).toEqual([true, true]);
    expect(marks(['ONE'])).toEqual([true, false]);
  });

  test('--link together with --chmod is an ordinary copy', () => {
    const planned = planText('FROM scratch\nCOPY --link a b\nCOPY --link --chmod=600 a b\n');
    expect(opsOf(planned, 'copy').map(({ op }) => op.link)).toEqual([true, false]);
  });

  test('cache mounts are apart by the namespace that a build arg gives', () => {
    const buildArgs = { BUILDKIT_CACHE_MOUNT_NS: 'me' };
    const planned = planText('FROM scratch\nRUN --mount=type=cache,target=/c x\n', { buildArgs });
    expect(opsOf(planned, 'run')[0]?.op.mounts[0]).toMatchObject({ id: 'me//c' });
  });

  test('an equal file gives an equal graph', () => {
    const text = 'FROM a\nARG x=1\nRUN y\nCOPY . .\n';
    expect(planText(text).graph).toEqual(planText(text).graph);
  });
});

describe('remote sources', () => {
  const sha = `sha256:${'1'.repeat(64)}`;

  test.each([
    ['ADD --checksum=nonsense https://x/y /', 'BAD_CHECKSUM'],
    [`ADD --checksum=${sha} local /`, 'BAD_CHECKSUM'],
    [`ADD --checksum=${sha} https://x/y https://x/z /`, 'BAD_CHECKSUM'],
    ['ADD --checksum=foobar https://x/y.git /', 'BAD_CHECKSUM'],
    ['ADD --checksum=aa https://x/y.git?commit=bb /', 'BAD_GIT_REFERENCE'],
    ['ADD --keep-git-dir=false https://x/y.git?keep-git-dir=1 /', 'BAD_GIT_REFERENCE'],
    ['ADD https://x/y.git?what=1 /', 'BAD_GIT_REFERENCE'],
    ['COPY git@x:y.git /', 'REMOTE_COPY'],
    ['COPY http://x/y /', 'REMOTE_COPY'],
  ])('%s fails', (line, code) => {
    expect(failuresOf(`FROM scratch\n${line}\n`)).toEqual([`2 ${code}`]);
  });

  test('what only looks remote is a path of the context', () => {
    const planned = planText('FROM scratch\nADD github.com/a/b HTTP://x/y ./x.git /\n');
    expect(opsOf(planned, 'copy')[0]?.op.sources.map(({ kind }) => kind)).toEqual(['path', 'path', 'path']);
  });
});

describe('mounts', () => {
  test.each([
    ['type=ssh,source=x', 'BAD_MOUNT'],
    ['target=/', 'BAD_MOUNT'],
    ['type=tmpfs', 'BAD_MOUNT'],
    ['type=cache,from=$X,target=/c', 'BAD_MOUNT'],
  ])('%s fails', (mount, code) => {
    expect(failuresOf(`FROM scratch\nRUN --mount=${mount} x\n`)).toEqual([`2 ${code}`]);
  });

  test('without a target a mount takes the working directory', () => {
    const planned = planText('FROM scratch\nWORKDIR /w\nRUN --mount=type=bind x\n');
    expect(opsOf(planned, 'run')[0]?.op.mounts[0]).toMatchObject({ target: '/w' });
  });
});

describe('triggers', () => {
  test('errors stand at FROM', () => {
    const bases = { 'docker.io/library/b:latest': { OnBuild: ['FOO x'] } };
    expect(failuresOf('FROM scratch\nFROM b\n', {}, bases)).toEqual([expect.stringMatching(/^2 /)]);
  });

  test('errors of what a trigger says stand at FROM, too', () => {
    const bases = {
      'docker.io/library/b:latest': {
        OnBuild: ['RUN --mount=type=none x', 'COPY --chmod=x a b', 'COPY --from=$X a b'],
      },
    };
    expect(failuresOf('FROM scratch\nFROM b\n', {}, bases)).toEqual(['2 FROM_IS_FIXED']);
    bases['docker.io/library/b:latest'].OnBuild.pop();
    expect(failuresOf('FROM scratch\nFROM b\n', {}, bases)).toEqual(['2 BAD_MOUNT', '2 BAD_MODE']);
  });

  test('that read from the stage itself read what is there by then', () => {
    const bases = {
      'docker.io/library/b:latest': {
        OnBuild: ['COPY --from=0 x y', 'RUN --mount=from=fin,target=/m z', 'COPY --from=FIN x y'],
      },
    };
    const planned = planText('FROM b AS fin\nRUN later\n', {}, bases);
    const [base, first, run] = onlyTarget(planned).chain;
    expect(opsOf(planned, 'copy').map(({ inputs }) => inputs)).toEqual([
      [base, base],
      [run, run],
    ]);
    expect(opsOf(planned, 'run')[0]?.inputs).toEqual([first, first]);
  });

  test('of a stage are kept in its own image and not run in it', () => {
    const target = onlyTarget(planText('FROM scratch\nONBUILD RUN x\n'));
    expect(target.config.config.OnBuild).toEqual(['RUN x']);
    expect(target.history).toEqual([]);
  });
});

describe('notices', () => {
  test('what was given for nothing is told, with what may have been meant', () => {
    const { notices } = planText('ARG a\nFROM base AS build\nARG VERSION\nFROM build\n', {
      buildArgs: { a: '1', VERSIN: '1', HTTPS_PROXY: 'x', BUILDKIT_INLINE_CACHE: '1', TARGETARCH: 'x' },
      namedContexts: {
        bulid: { kind: 'empty' },
        base: { kind: 'empty' },
        'base::linux/s390x': { kind: 'empty' },
      },
      noCache: ['BUILD', 'test'],
    });
    expect(notices).toEqual([
      expect.stringMatching(/VERSIN .*VERSION/),
      expect.stringMatching(/bulid .*build/),
      expect.stringMatching(/stage test/),
    ]);
  });

  test('arguments of triggers and of stages that are not built count as used', () => {
    const bases = { 'docker.io/library/base:latest': { OnBuild: ['ARG t'] } };
    const options = { buildArgs: { t: '1', u: '1' } };
    expect(planText('FROM scratch\nARG u\nFROM base\n', options, bases).notices).toEqual([]);
  });
});

describe('findings', () => {
  const rules = (text: string, options = {}) =>
    planText(text, options).warnings.map(({ rule, at }) => `${at.start.line} ${rule}`);

  test.each([
    ['FROM scratch\nCOPY $a b\nARG c\nCOPY $c b\n', ['2 UndefinedVar']],
    ['ARG a\nFROM x$a$b\n', ['2 UndefinedArgInFrom']],
    ['ARG a\nFROM $a\n', ['2 InvalidDefaultArgInFrom'], { buildArgs: { a: 'x' } }],
    ['FROM --platform=$TARGETPLATFORM x\n', ['1 RedundantTargetPlatform']],
    ['FROM --platform=linux/amd64 x\n', ['1 FromPlatformFlagConstDisallowed']],
    ['FROM --platform=linux/amd64 x AS for-linux\n', []],
    ['FROM scratch\nCMD a b\nSHELL ["x"]\nENTRYPOINT c\n', ['2 JSONArgsRecommended']],
    ['FROM scratch AS a\nWORKDIR /x\nFROM a\nWORKDIR y\n', []],
    ['FROM scratch\nWORKDIR y\nWORKDIR z\n', ['2 WorkdirRelativePath']],
    ['FROM scratch\nARG TOKEN\nENV MONKEY=1\n', ['2 SecretsUsedInArgOrEnv']],
    ['FROM scratch AS x\nFROM scratch\nCOPY --from=x a/b c\n', [], { ignorePatterns: ['a'] }],
    ['FROM scratch\nADD a/b c\n', ['2 CopyIgnoredFile'], { ignorePatterns: ['a'] }],
  ] as readonly [string, readonly string[], Partial<PlanOptions>?][])(
    '%j',
    (text, expected, options = {}) => {
      expect(rules(text, options)).toEqual(expected);
    },
  );

  test('a base for another platform is told', () => {
    const bases = { 'docker.io/library/base:latest': { architecture: 's390x' } };
    const { warnings } = planText('FROM base\n', {}, bases);
    expect(warnings).toMatchObject([{ rule: 'InvalidBaseImagePlatform', at: { start: { line: 1 } } }]);
  });
});
