/** Pictures of the control characters begin here in Unicode. */
const PICTURES = 0x2400;

/**
 * A text that does to a terminal or a log what it seems to do: control characters become their pictures, what turns the direction of reading
 * becomes U+FFFD. Tabs stay. As long as before, in UTF-16 units.
 */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g,
    (char) => {
      const code = char.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(PICTURES + code);
      return code === 0x7f ? '\u2421' : '\uFFFD';
    },
  );
}

/**
 * A file's name at the beginning of a line. A line that begins with `::` is a command to GitHub's runner, behind whatever counts as blank there
 * too; the same file by another name is none.
 */
export function printableName(path: string): string {
  const shown = printable(path);
  return /^(?!\.?\/)[^\p{L}\p{N}[]*::/u.test(shown) ? `./${shown}` : shown;
}
