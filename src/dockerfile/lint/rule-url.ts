/** The page about a rule where its name comes from; undefined for rules of our own. */
export function ruleUrl(id: string): string | undefined {
  if (/^DL\d+$/.test(id)) return `https://github.com/hadolint/hadolint/wiki/${id}`;
  if (/^SC\d+$/.test(id)) return `https://www.shellcheck.net/wiki/${id}`;
  if (/\d$/.test(id)) return undefined;
  return `https://docs.docker.com/go/dockerfile/rule/${kebab(id)}/`;
}

function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
