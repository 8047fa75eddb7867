/** What main leaves for post in GITHUB_STATE: a state folder that goes away with the job. */
export const STATE_KEY = 'temporary-state-dir';
/** Bytes that our entries in the Actions cache may have after the job. */
export const QUOTA_KEY = 'actions-cache-quota';
