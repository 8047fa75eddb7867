import { formatReference, parseReference } from '../../image/reference.ts';
import { badInput } from './problems.ts';

/** A name to push to: normalised, with a tag (`latest` if none is written). @throws BuildError `BAD_INPUT`, `BAD_REFERENCE` */
export function parseTag(text: string): string {
  const reference = parseReference(text);
  if (reference.digest !== undefined) {
    throw badInput(
      `"${text}" has a digest`,
      'An image is pushed under a tag; its digest follows from its content.',
    );
  }
  return formatReference({ ...reference, tag: reference.tag ?? 'latest' });
}
