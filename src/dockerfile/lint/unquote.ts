/** A word without the quotes around the whole of it. */
export function unquote(text: string): string {
  const quote = text[0];
  if (text.length < 2 || (quote !== '"' && quote !== "'")) return text;
  return text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** What hadolint takes for a path that does not depend on the working directory: `/…`, `$…`, `c:…`. */
export function isAnchored(path: string): boolean {
  return /^["']?(?:[/$]|[A-Za-z]:)/.test(path);
}
