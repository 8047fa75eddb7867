import type { BuildCache, CacheLookup, CacheReport } from '../../build-cache.ts';
import type { Notices } from '../../notices.ts';

/** Stands where a cache was asked for and there is none; its notices say why. */
export class NoCache implements BuildCache {
  readonly name: string;
  readonly writable = false;
  readonly #notices: Notices;

  constructor(name: string, notices: Notices) {
    this.name = name;
    this.#notices = notices;
  }

  async lookup(): Promise<CacheLookup> {
    return {};
  }

  async hasBlob(): Promise<boolean> {
    return false;
  }

  async openBlob(): Promise<undefined> {
    return undefined;
  }

  save(): void {
    // Nothing is kept.
  }

  async finish(): Promise<CacheReport> {
    const { lines, failures } = this.#notices;
    const nothing = { recordsSaved: 0, bytesUploaded: 0, bytesDownloaded: 0 };
    return { name: this.name, ...nothing, notices: lines, failures };
  }
}
