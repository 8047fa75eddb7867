import { join } from 'node:path';
import type { CredentialSource } from '../credential-source.ts';
import { dockerConfigCredentials } from './docker-config.ts';

export interface ScopedConfigOptions {
  /** `<buildx config>/config`, usually `~/.docker/buildx/config`. */
  readonly folder: string;
  /** The whole environment of credential helpers. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Credentials that docker/login-action keeps for one repository (its input `scope`): `HOST/REPOSITORY@push/config.json` for pushing,
 * `HOST/REPOSITORY/config.json` for both. The most precise one answers.
 * @throws BuildError as dockerConfigCredentials
 */
export function scopedConfigCredentials({ folder, env }: ScopedConfigOptions): CredentialSource {
  const sources = new Map<string, CredentialSource>();
  const sourceOf = (file: string): CredentialSource => {
    const known = sources.get(file) ?? dockerConfigCredentials({ config: { file }, env });
    sources.set(file, known);
    return known;
  };
  return {
    async find(request) {
      const { host, repository, access } = request;
      for (const name of [`${repository}@${access}`, repository]) {
        const found = await sourceOf(join(folder, host, name, 'config.json')).find(request);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
