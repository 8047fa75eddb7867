import { formatPlatform, normalisePlatform, parsePlatform } from '../image/platform.ts';
import type { Platform } from '../image/types.ts';
import type { Environment } from './environment.ts';

/** `os/architecture[/variant]`, with the system's version in brackets when there is one: `windows(10.0.20348)/amd64`. */
export function fullPlatform(platform: Platform): string {
  const text = formatPlatform(platform);
  const version = platform['os.version'];
  return version === undefined ? text : text.replace(/^[^/]*/, (os) => `${os}(${version})`);
}

/** The arguments that every Dockerfile has without declaring them globally; a build arg of the same name wins. */
export function withPlatformArgs(
  environment: Environment,
  places: { readonly build: Platform; readonly target: Platform; readonly targetStage: string },
  buildArgs: ReadonlyMap<string, string>,
): Environment {
  const values: readonly (readonly [string, string])[] = [
    ...platformValues('BUILD', places.build),
    ...platformValues('TARGET', places.target),
    ['TARGETSTAGE', places.targetStage],
  ];
  return values.reduce((env, [name, value]) => env.with(name, buildArgs.get(name) ?? value), environment);
}

function platformValues(prefix: string, platform: Platform): readonly (readonly [string, string])[] {
  return [
    [`${prefix}PLATFORM`, fullPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}OSVERSION`, platform['os.version'] ?? ''],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant ?? ''],
  ];
}

/** `->arm64`: shown after the platform that a step runs on when its TARGET… variables say that it makes something for another. */
export function crossTarget(running: Platform, environment: Environment): string {
  const target = platformFrom(running, environment);
  if (target === undefined) return '';
  if (target.os !== running.os) return `->${fullPlatform(target)}`;
  if (target.architecture === running.architecture) return '';
  return `->${target.architecture}${target.variant === undefined ? '' : `/${target.variant}`}`;
}

function platformFrom(running: Platform, environment: Environment): Platform | undefined {
  const whole = environment.get('TARGETPLATFORM');
  if (whole !== undefined) {
    try {
      return parsePlatform(whole, running);
    } catch {
      // Someone's own value: look at the parts.
    }
  }
  const os = environment.get('TARGETOS');
  const architecture = environment.get('TARGETARCH');
  const variant = environment.get('TARGETVARIANT');
  if (os === undefined && architecture === undefined && variant === undefined) return undefined;
  return normalisePlatform({
    os: os === undefined || os === '' ? running.os : os,
    architecture: architecture === undefined || architecture === '' ? running.architecture : architecture,
    ...(variant === undefined || variant === '' ? {} : { variant }),
  });
}
