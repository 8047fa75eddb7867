import { BuildError } from '../base/errors.ts';

const SYMBOLIC = /^[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*$/;

/**
 * Is this a value for --chmod: octal up to 07777, or symbolic as chmod(1) takes it?
 * @throws BuildError `BAD_MODE`
 */
export function checkFileMode(text: string): void {
  if (/^[0-7]+$/.test(text) && Number.parseInt(text, 8) <= 0o7777) return;
  if (SYMBOLIC.test(text)) return;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_MODE',
    message: `"${text}" is not a mode for --chmod`,
    hint: /^\d/.test(text)
      ? 'Octal modes go from 0 to 07777.'
      : 'Write it in octal (755) or symbolically (u=rwX,go=rX).',
  });
}
