import { readAll } from '../../base/errors.ts';
import { formatPlatform, hostPlatform, parsePlatform } from '../../image/platform.ts';
import type { Platform } from '../../image/types.ts';

/** `linux/amd64,linux/arm64`, also several of them; each platform once, in the order written. @throws BuildError `BAD_PLATFORM` */
export function parsePlatforms(items: readonly string[]): readonly Platform[] {
  const host = hostPlatform('linux', process.arch);
  const names = items.flatMap((text) => text.split(',')).map((name) => name.trim());
  const platforms = readAll(
    names.filter((name) => name !== ''),
    (name) => (name === 'local' ? host : parsePlatform(name, host)),
  );
  return [...new Map(platforms.map((platform) => [nameOf(platform), platform])).values()];
}

function nameOf(platform: Platform): string {
  return `${formatPlatform(platform)} ${platform['os.version'] ?? ''}`;
}
