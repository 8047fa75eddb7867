import type { ContextSource, IgnoreFile } from '../../engine/engine.ts';

/** A Dockerfile and where it came from. */
export interface DockerfileText {
  /** As messages call it. */
  readonly path: string;
  readonly text: string;
  /** Where it is on this machine, if it is. */
  readonly file?: string;
  /** When it was changed, seconds since 1970, where that is known. */
  readonly changedAt?: number;
}

/** The main context with its Dockerfile. Disposing of it deletes what was fetched for it alone. */
export interface OpenedContext extends AsyncDisposable {
  readonly source: ContextSource;
  readonly dockerfile: DockerfileText;
  readonly ignore?: IgnoreFile;
  /** When the commit that it holds was made, seconds since 1970; only where that is known already. */
  readonly committedAt?: number;
  /** The time of a context that was fetched, seconds since 1970: the commit's, the server's, or the newest of the archive's files. */
  readonly time?: number;
}
