import type { Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import type { Registry } from '../registry.ts';
import { LayoutFolder } from './layout-folder.ts';
import { LAYOUT_HOST, layoutRepository } from './layout-place.ts';

/**
 * Serves OCI layout folders as repositories beside those of registries, so that an image in one is used like any other.
 * @param folders absolute
 */
export function withLayouts(registry: Registry, folders: readonly string[]): Registry {
  const layouts = new Map(folders.map((path) => [layoutRepository(path).path, new LayoutFolder(path)]));
  // A cache may remember a layout that this build does not have.
  const layoutOf = ({ host, path }: Repository): LayoutFolder | undefined => {
    if (host !== LAYOUT_HOST) return undefined;
    return layouts.get(path) ?? notHere(path);
  };
  return {
    async manifest(repository, reference, options) {
      const layout = layoutOf(repository);
      return layout?.document(reference) ?? registry.manifest(repository, reference, options);
    },
    async resolve(repository, reference, options) {
      const layout = layoutOf(repository);
      if (layout === undefined) return registry.resolve(repository, reference, options);
      return (await layout.document(reference)).descriptor;
    },
    async blob(repository, descriptor, options) {
      return layoutOf(repository)?.blob(descriptor.digest) ?? registry.blob(repository, descriptor, options);
    },
    async hasBlob(repository, digest, options) {
      if (repository.host !== LAYOUT_HOST) return registry.hasBlob(repository, digest, options);
      return (await layouts.get(repository.path)?.sizeOf(digest)) !== undefined;
    },
    pushBlob: (repository, ...rest) => {
      if (repository.host === LAYOUT_HOST) throw readOnly();
      return registry.pushBlob(repository, ...rest);
    },
    putManifest: (repository, ...rest) => {
      if (repository.host === LAYOUT_HOST) throw readOnly();
      return registry.putManifest(repository, ...rest);
    },
    tags: (...args) => registry.tags(...args),
    ...(registry.checkPush === undefined ? {} : { checkPush: registry.checkPush.bind(registry) }),
    ...(registry.expectPush === undefined ? {} : { expectPush: registry.expectPush.bind(registry) }),
  };
}

function notHere(path: string): never {
  throw new RegistryError({
    code: 'NOT_FOUND',
    message: `The OCI layout ${path} is not one of this build's contexts`,
  });
}

function readOnly(): RegistryError {
  return new RegistryError({
    code: 'DENIED',
    message: 'An OCI layout that is a build context is only read',
  });
}
