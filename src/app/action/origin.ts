/** What the run was started for, for the summary: `[o/r@1a2b3c4](…)`, `for pull request [#7](…)`. */
export async function originMarkdown(): Promise<string | undefined> {
  // Loaded after the build: nothing before it needs the event, and a step that only lints must not pay for it.
  const { context } = await import('@actions/github').catch(() => ({ context: undefined }));
  // Loading it reads the event, which servers that are not GitHub's may not give; a good build does not fail for that.
  if (context === undefined) return undefined;
  if ((process.env['GITHUB_REPOSITORY'] ?? '') === '' || context.sha === '') return undefined;
  const { owner, repo } = context.repo;
  const home = `${context.serverUrl}/${owner}/${repo}`;
  const commit = `[${owner}/${repo}@${context.sha.slice(0, 7)}](${home}/commit/${context.sha})`;
  const number = context.payload.pull_request?.number;
  return number === undefined ? commit : `${commit} for pull request [#${number}](${home}/pull/${number})`;
}
