import type { Entry } from '../../../image/layer/entry.ts';
import type { Content } from './inode.ts';

/** An entry of the layer to be, and where its bytes come from. */
export interface PlannedMember {
  readonly entry: Entry;
  /** Files only. */
  readonly content?: Content;
}
