/** The parts of an image name as written in FROM, not normalised. */
export interface ImageName {
  /** Registry host, when the first part looks like one. */
  readonly registry: string | undefined;
  /** Without tag and digest. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `host:5000/path/name:tag@digest`. A colon is a tag's only behind the last slash. */
export function splitImageName(image: string): ImageName {
  const at = image.indexOf('@');
  const digest = at === -1 ? undefined : image.slice(at + 1);
  const rest = at === -1 ? image : image.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  const name = colon === -1 ? rest : rest.slice(0, colon);
  const slash = name.indexOf('/');
  const host = slash === -1 ? '' : name.slice(0, slash);
  const registry = /[.:]/.test(host) || host === 'localhost' ? host : undefined;
  return { registry, name, tag: colon === -1 ? undefined : rest.slice(colon + 1), digest };
}
