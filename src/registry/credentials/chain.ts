import type { CredentialSource } from '../credential-source.ts';

/** The first source that knows something answers. */
export function credentialChain(sources: readonly CredentialSource[]): CredentialSource {
  return {
    async find(request) {
      for (const source of sources) {
        const found = await source.find(request);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
