import { formatPlatform, hostPlatform, parsePlatform } from '../../image/platform.ts';
import type { Platform } from '../../image/types.ts';

/** `linux/amd64,linux/arm64`, also several of them; each platform once, in the order written. @throws BuildError `BAD_PLATFORM` */
export function parsePlatforms(items: readonly string[]): readonly Platform[] {
  const host = hostPlatform('linux', process.arch);
  const platforms = new Map<string, Platform>();
  for (const item of items.flatMap((text) => text.split(','))) {
    if (item.trim() === '') continue;
    const platform = item.trim() === 'local' ? host : parsePlatform(item.trim(), host);
    platforms.set(`${formatPlatform(platform)} ${platform['os.version'] ?? ''}`, platform);
  }
  return [...platforms.values()];
}
