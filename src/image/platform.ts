import { BuildError } from '../base/errors.ts';
import type { Platform } from './types.ts';

/** Values of GOOS and GOARCH that a specifier of one part is told apart by, as in containerd's platforms package. */
const KNOWN_OS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const KNOWN_ARCHITECTURES: ReadonlySet<string> = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le ' +
    'riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

const PART = /^[A-Za-z0-9_.-]+$/;
const OS_PART = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.-]*)(?:\+[A-Za-z0-9_.+-]*)?\))?$/;

/**
 * Reads `os/architecture[/variant]` in every spelling that containerd takes, and normalises it: `linux/x86_64` is linux/amd64,
 * `linux/arm` is linux/arm/v7, `linux/arm64/v8` is linux/arm64. An architecture alone (`arm64`) means `host`'s system, or
 * linux; a system alone (`linux`) means `host`'s architecture and needs `host`. `windows(10.0.17763)/amd64` gives os.version.
 * @throws BuildError `BAD_PLATFORM`
 */
export function parsePlatform(text: string, host?: Platform): Platform {
  const parts = text.split('/');
  const [first = '', architecture, variant] = parts;
  const system = OS_PART.exec(first);
  if (system === null || parts.length > 3 || !parts.slice(1).every((part) => PART.test(part))) {
    throw badPlatform(text);
  }
  const os = normaliseOs(system[1] ?? '');
  const version = system[2];
  if (architecture !== undefined) return normalise(os, architecture, variant, version);
  if (KNOWN_OS.has(os)) {
    if (host === undefined) throw badPlatform(text);
    return normalise(os, host.architecture, host.variant, version);
  }
  const alone = normalise(host?.os ?? 'linux', first, undefined, undefined);
  if (!KNOWN_ARCHITECTURES.has(alone.architecture)) throw badPlatform(text);
  return alone;
}

/** One spelling for platforms that mean the same. Other fields are dropped. */
export function normalisePlatform(platform: Platform): Platform {
  return normalise(normaliseOs(platform.os), platform.architecture, platform.variant, platform['os.version']);
}

/** `os/architecture` or `os/architecture/variant`; `unknown` without a system. */
export function formatPlatform(platform: Platform): string {
  if (platform.os === '') return 'unknown';
  return [platform.os, platform.architecture, platform.variant ?? ''].filter((part) => part !== '').join('/');
}

export function samePlatform(a: Platform, b: Platform): boolean {
  const left = normalisePlatform(a);
  const right = normalisePlatform(b);
  return formatPlatform(left) === formatPlatform(right) && left['os.version'] === right['os.version'];
}

/**
 * Can an image for `candidate` be used where `wanted` is asked for? Exact ones and the older ones that such a processor runs too
 * (amd64: lower levels and 386; arm: lower versions; arm64: arm), as containerd does.
 */
export function platformMatches(wanted: Platform, candidate: Platform): boolean {
  return rank(wanted, candidate) !== undefined;
}

/** The item of an index whose platform fits `wanted` best, the first one of equals; undefined when none fits. */
export function selectPlatform<T>(
  wanted: Platform,
  items: readonly T[],
  platformOf: (item: T) => Platform | undefined,
): T | undefined {
  let best: T | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const platform = platformOf(item);
    const position = platform === undefined ? undefined : rank(wanted, platform);
    if (position !== undefined && position < bestRank) {
      best = item;
      bestRank = position;
    }
  }
  return best;
}

const NODE_OS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };
const NODE_ARCHITECTURE: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  ppc64: 'ppc64le',
  mipsel: 'mipsle',
};

/** This machine's platform from what Node calls it (`process.platform`, `process.arch`, for arm also its version, e.g. `6`). */
export function hostPlatform(os: string, arch: string, armVersion?: string): Platform {
  return normalise(
    NODE_OS[os] ?? os,
    NODE_ARCHITECTURE[arch] ?? arch,
    arch === 'arm' ? armVersion : undefined,
    undefined,
  );
}

function normaliseOs(os: string): string {
  const lower = os.toLowerCase();
  return lower === 'macos' ? 'darwin' : lower;
}

function normalise(
  os: string,
  architecture: string,
  variant: string | undefined,
  version: string | undefined,
): Platform {
  const [arch, level] = normaliseArchitecture(architecture.toLowerCase(), (variant ?? '').toLowerCase());
  return {
    os,
    architecture: arch,
    ...(level === '' ? {} : { variant: level }),
    ...(version === undefined || version === '' ? {} : { 'os.version': version }),
  };
}

function normaliseArchitecture(architecture: string, variant: string): readonly [string, string] {
  switch (architecture) {
    case 'i386':
      return ['386', ''];
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return ['amd64', variant === 'v1' ? '' : variant];
    case 'aarch64':
    case 'arm64':
      return ['arm64', normaliseArm64Variant(variant)];
    case 'armhf':
      return ['arm', 'v7'];
    case 'armel':
      return ['arm', 'v6'];
    case 'arm':
      return ['arm', normaliseArmVariant(variant)];
    default:
      return [architecture, variant];
  }
}

function normaliseArm64Variant(variant: string): string {
  if (['8', 'v8', '8.0', 'v8.0'].includes(variant)) return '';
  return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant;
}

function normaliseArmVariant(variant: string): string {
  if (variant === '') return 'v7';
  return /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}

/** Position of the candidate in the list of platforms that would do, best first. */
function rank(wanted: Platform, candidate: Platform): number | undefined {
  const target = normalisePlatform(wanted);
  const other = normalisePlatform(candidate);
  if (target.os !== other.os) return undefined;
  if (target['os.version'] !== undefined && target['os.version'] !== other['os.version']) return undefined;
  const name = variantName(other.architecture, other.variant);
  const position = compatible(target).indexOf(name);
  return position === -1 ? undefined : position;
}

function variantName(architecture: string, variant: string | undefined): string {
  const [arch, level] = normaliseArchitecture(architecture, variant ?? '');
  return level === '' ? arch : `${arch}/${level}`;
}

function compatible(target: Platform): readonly string[] {
  const own = variantName(target.architecture, target.variant);
  switch (target.architecture) {
    case 'amd64':
      return [own, ...levelsBelow('amd64', level(target.variant, 1), 1), '386'];
    case 'arm':
      return [own, ...levelsBelow('arm', level(target.variant, 7), 5)];
    case 'arm64':
      return [own, ...olderArm64(target.variant), ...levelsBelow('arm', 9, 5)];
    default:
      return [own];
  }
}

/** Arm64 v9.x runs all v9 below it and v8.(x+5) and below; v8.x runs all v8 below it. */
function olderArm64(variant: string | undefined): readonly string[] {
  const match = /^v([89])(?:\.(\d+))?$/.exec(variant ?? 'v8');
  if (match === null) return [];
  const minor = Number(match[2] ?? 0);
  const nine = match[1] === '9' ? minorsBelow('v9', minor) : [];
  const eight = minorsBelow('v8', match[1] === '9' ? minor + 6 : minor);
  return [...nine, ...eight].map((name) => variantName('arm64', name));
}

function minorsBelow(major: string, minor: number): readonly string[] {
  return Array.from({ length: Math.min(minor, 16) }, (_, index) => {
    const below = minor - 1 - index;
    return below <= 0 ? major : `${major}.${below}`;
  });
}

function level(variant: string | undefined, fallback: number): number {
  const match = /^v(\d+)$/.exec(variant ?? '');
  return match === null ? fallback : Number(match[1]);
}

function levelsBelow(architecture: string, from: number, lowest: number): readonly string[] {
  const names: string[] = [];
  for (let current = Math.min(from, 16) - 1; current >= lowest; current--) {
    names.push(variantName(architecture, `v${current}`));
  }
  return names;
}

function badPlatform(text: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_PLATFORM',
    message: `"${text}" is not a platform`,
    hint: 'Write it as os/architecture or os/architecture/variant, e.g. linux/amd64 or linux/arm/v7.',
  });
}
