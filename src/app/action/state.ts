/** What main leaves for post, as strings in GITHUB_STATE. */
export interface SavedState {
  /** A state folder that goes away with the job. */
  readonly temporaryStateDir: string;
}

export const STATE_KEY = 'temporary-state-dir';
