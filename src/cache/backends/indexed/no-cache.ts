import type { BuildCache, CacheLookup, CacheReport } from '../../build-cache.ts';

/** Stands where a cache was asked for and there is none; its notices say why. */
export class NoCache implements BuildCache {
  readonly name: string;
  readonly writable = false;
  readonly #notices: readonly string[];

  constructor(name: string, notices: readonly string[]) {
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
    return { name: this.name, recordsSaved: 0, bytesUploaded: 0, bytesDownloaded: 0, notices: this.#notices };
  }
}
