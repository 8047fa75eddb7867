/** One mount; `target` absolute, relative names in `source` and `options` begin in mount's working directory. */
export interface MountLine {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** Lines for `mount --all --fstab`, which mounts them in order in one process. */
export function fstab(lines: readonly MountLine[]): string {
  return lines
    .map(({ type, source, target, options }) =>
      [source, target, type, options.join(',') || 'defaults', '0', '0'].map(escapeField).join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** fstab(5): mount's blanks are written as octal escapes of their bytes; other characters that count as blanks elsewhere have no such byte. */
function escapeField(text: string): string {
  return text.replace(
    /[ \t\n\v\f\r\\#]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}
