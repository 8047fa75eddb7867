import { describe, expect, test } from '@jest/globals';
import {
  formatPlatform,
  hostPlatform,
  normalisePlatform,
  parsePlatform,
  platformMatches,
  samePlatform,
  selectPlatform,
} from '../../src/image/platform.ts';
import { codeOf } from '../support/bytes.ts';

const host = { os: 'linux', architecture: 'riscv64' };

test.each([
  ['linux/amd64', 'linux/amd64'],
  ['linux/x86_64', 'linux/amd64'],
  ['Linux/X86-64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/V3', 'linux/amd64/v3'],
  ['linux/i386', 'linux/386'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/arm64/v9', 'linux/arm64/v9'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/7', 'linux/arm/v7'],
  ['linux/arm/v6', 'linux/arm/v6'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/armel', 'linux/arm/v6'],
  ['macos/arm64', 'darwin/arm64'],
  ['linux/s390x', 'linux/s390x'],
  ['linux/newarch', 'linux/newarch'],
  ['arm64', 'linux/arm64'],
  ['armhf', 'linux/arm/v7'],
  ['linux', 'linux/riscv64'],
  ['windows', 'windows/riscv64'],
])('%s is %s', (text, expected) => {
  const platform = parsePlatform(text, host);
  expect(formatPlatform(platform)).toBe(expected);
  expect(parsePlatform(formatPlatform(platform))).toEqual(platform);
});

test.each([
  '',
  '/',
  'linux/',
  '/amd64',
  'linux/amd64/v1/x',
  'linux/*',
  'lin ux/amd64',
  'nonsense',
  'linux/amd64/',
])('%p is no platform', async (text) => {
  expect(await codeOf(() => parsePlatform(text, host))).toBe('BAD_PLATFORM');
});

test('a system alone needs a host', async () => {
  expect(await codeOf(() => parsePlatform('linux'))).toBe('BAD_PLATFORM');
  expect(parsePlatform('arm64')).toEqual({ os: 'linux', architecture: 'arm64' });
});

test('the version of the system stays', () => {
  expect(parsePlatform('windows(10.0.17763)/amd64')).toEqual({
    os: 'windows',
    architecture: 'amd64',
    'os.version': '10.0.17763',
  });
  expect(normalisePlatform({ os: 'Windows', architecture: 'x86_64', 'os.version': '10' })).toEqual({
    os: 'windows',
    architecture: 'amd64',
    'os.version': '10',
  });
});

test('spellings of one platform are the same', () => {
  expect(
    samePlatform({ os: 'linux', architecture: 'arm' }, { os: 'linux', architecture: 'arm', variant: 'v7' }),
  ).toBe(true);
  expect(
    samePlatform({ os: 'linux', architecture: 'arm' }, { os: 'linux', architecture: 'arm', variant: 'v6' }),
  ).toBe(false);
  expect(formatPlatform({ os: '', architecture: '' })).toBe('unknown');
});

test.each([
  ['linux', 'x64', undefined, 'linux/amd64'],
  ['linux', 'arm64', undefined, 'linux/arm64'],
  ['linux', 'arm', '6', 'linux/arm/v6'],
  ['linux', 'arm', undefined, 'linux/arm/v7'],
  ['linux', 'ia32', undefined, 'linux/386'],
  ['linux', 'ppc64', undefined, 'linux/ppc64le'],
  ['win32', 'x64', undefined, 'windows/amd64'],
  ['darwin', 'arm64', undefined, 'darwin/arm64'],
])('Node on %s %s %s', (os, arch, version, expected) => {
  expect(formatPlatform(hostPlatform(os, arch, version))).toBe(expected);
});

describe('choosing from an index', () => {
  const select = (wanted: string, ...offered: string[]): string | undefined =>
    selectPlatform(parsePlatform(wanted), offered, (text) => (text === '' ? undefined : parsePlatform(text)));

  test.each([
    ['linux/amd64', ['linux/386', 'linux/amd64', 'linux/arm64'], 'linux/amd64'],
    ['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v4'], 'linux/amd64/v2'],
    ['linux/amd64', ['linux/amd64/v2'], undefined],
    ['linux/amd64', ['linux/386'], 'linux/386'],
    ['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6'], 'linux/arm/v6'],
    ['linux/arm/v6', ['linux/arm/v7', 'linux/arm/v5'], 'linux/arm/v5'],
    ['linux/arm64', ['linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm64', ['linux/arm64/v9'], undefined],
    ['linux/arm64/v9', ['linux/arm/v7', 'linux/arm64'], 'linux/arm64'],
    ['linux/arm64/v9.1', ['linux/arm64/v8.6', 'linux/arm64/v9', 'linux/arm64/v8.7'], 'linux/arm64/v9'],
    ['linux/arm64/v9', ['linux/arm64/v8.6', 'linux/arm64/v8.5'], 'linux/arm64/v8.5'],
    ['linux/arm64', ['windows/arm64', ''], undefined],
    ['linux/s390x', ['linux/amd64'], undefined],
    ['linux/arm64', ['linux/arm64/v8', 'linux/arm64'], 'linux/arm64/v8'],
  ])('for %s of %j: %s', (wanted, offered, expected) => {
    expect(select(wanted, ...offered)).toBe(expected);
  });

  test('a version that is asked for has to be the same', () => {
    const one = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.1' };
    expect(platformMatches(one, one)).toBe(true);
    expect(platformMatches(one, { ...one, 'os.version': '10.0.2' })).toBe(false);
    expect(platformMatches({ os: 'windows', architecture: 'amd64' }, one)).toBe(true);
  });
});
