/** What main leaves for post in GITHUB_STATE: a state folder that goes away with the job. */
export const STATE_KEY = 'temporary-state-dir';
