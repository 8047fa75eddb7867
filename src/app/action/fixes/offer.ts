import { createHash } from 'node:crypto';
import { applyFixes, fixDockerfile } from '../../../dockerfile/lint/apply-fixes.ts';
import { lint } from '../../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../dockerfile/parse.ts';
import type { BuildRequest } from '../../../engine/engine.ts';
import { unifiedDiff } from '../../lint/unified-diff.ts';
import { GitHubApi } from '../github/api.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { isForbidden, whyRefused } from '../github/refusal.ts';
import { canComment, readDiffLines } from './diff-lines.ts';
import { type ChangedFile, type Posted, PullRequest } from './pull-request.ts';
import { repositoryPath } from './repository-path.ts';
import { suggestionsFor } from './suggestion.ts';

/** What became of the fixes of a run: suggestions and what else there is. */
export interface FixOffer extends Posted {
  /** Why not all are suggestions; one line. undefined: all are. */
  readonly reason?: string;
  /** All safe fixes, for `git apply`, when not all are suggestions. */
  readonly patch?: string;
  /** Fixes that want a look first, and so are in neither. */
  readonly unsafe: number;
}

export interface OfferOptions {
  readonly request: Pick<BuildRequest, 'dockerfile' | 'context' | 'lint'>;
  readonly event: WorkflowEvent;
  readonly token: string;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly signal: AbortSignal;
  /** Milliseconds before a second try. */
  readonly firstDelay?: number;
}

/** More in one review would be taken for abuse, by people and by GitHub. */
const MOST_SUGGESTIONS = 30;
/** Milliseconds for all requests together. */
const MOST_TIME = 60_000;
const PERMISSION = 'pull-requests: write';

/**
 * Offers the safe fixes of the Dockerfile as suggestions on the lines that the pull request changes. undefined: there is nothing to fix.
 * Never throws: what cannot be a suggestion is in the patch, with the reason.
 */
export async function offerFixes(options: OfferOptions): Promise<FixOffer | undefined> {
  const { request } = options;
  const { dockerfile } = request;
  const found = lint(
    parseDockerfile(dockerfile.text, dockerfile.path, request.lint.config.buildArgs),
    request.lint.config,
  );
  const unsafe = found.filter(({ fix }) => fix?.safety === 'unsafe').length;
  if (applyFixes(dockerfile.text, found, 'safe').fixed.length === 0) return undefined;
  const path = request.context.kind === 'folder' ? repositoryPath(dockerfile) : undefined;
  const outcome = await suggest(path, options);
  if (outcome.reason === undefined) return { ...outcome, unsafe };
  const { text } = fixDockerfile(dockerfile.text, dockerfile.path, request.lint.config, 'safe');
  return { ...outcome, patch: unifiedDiff(path ?? dockerfile.path, dockerfile.text, text), unsafe };
}

type Outcome = Posted & { readonly reason?: string };

async function suggest(path: string | undefined, options: OfferOptions): Promise<Outcome> {
  const { event, token, apiUrl, firstDelay } = options;
  const { repository, pullRequest } = event;
  const instead = (reason: string): Outcome => ({ posted: 0, standing: 0, reason });
  if (path === undefined) return instead('the Dockerfile is not a file of a checkout');
  if (pullRequest === undefined || repository === undefined)
    return instead(`this run is not for a pull request${event.name === '' ? '' : ` but for ${event.name}`}`);
  if (token === '') return instead('there is no github-token');
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(MOST_TIME)]);
  const api = new GitHubApi({
    token,
    url: apiUrl,
    signal,
    ...(firstDelay === undefined ? {} : { firstDelay }),
  });
  try {
    const pull = new PullRequest(api, repository, pullRequest.number);
    const file = await pull.file(path);
    if (file === undefined) return instead(`the pull request does not change ${path}`);
    if (file.patch === undefined)
      return instead(`GitHub shows no changed lines of ${path} (renamed alone, or too long)`);
    return await suggestIn(pull, file, file.patch, options.request);
  } catch (error) {
    const fork = isForbidden(error) && pullRequest.fromFork;
    return instead(
      `${whyRefused(error, PERMISSION)}${fork ? ', which the pull request of a fork is never given' : ''}`,
    );
  }
}

async function suggestIn(
  pull: PullRequest,
  file: ChangedFile,
  patch: string,
  { dockerfile, lint: { config } }: OfferOptions['request'],
): Promise<Outcome> {
  // A checkout of the merge may hold other lines than the branch of the pull request, and suggestions are for the latter.
  const isSame = blobName(dockerfile.text, file.blob.length) === file.blob;
  const text = isSame ? dockerfile.text : await pull.text(file.blob);
  const diagnostics = lint(
    parseDockerfile(text, dockerfile.path, config.buildArgs),
    isSame ? config : withoutExternal(config),
  );
  const all = suggestionsFor(text, file.path, diagnostics);
  const diff = readDiffLines(patch);
  const fitting = all.filter(({ startLine, endLine }) => canComment(diff, startLine, endLine));
  const outcome =
    fitting.length === 0 ? { posted: 0, standing: 0 } : await pull.suggest(file, fitting, MOST_SUGGESTIONS);
  if (outcome.posted + outcome.standing < fitting.length)
    return { ...outcome, reason: `a run posts at most ${MOST_SUGGESTIONS} suggestions` };
  const left = all.length - fitting.length;
  // The branch alone may have none: then they are in lines that the merge brings along.
  if (left === 0 && all.length > 0) return outcome;
  const what = left === all.length ? 'the fixes are' : left === 1 ? 'one fix is' : `${left} fixes are`;
  return { ...outcome, reason: `${what} not on lines that the pull request changes` };
}

/** ShellCheck's findings belong to the text that it has seen. */
function withoutExternal({ external: _, ...config }: OfferOptions['request']['lint']['config']) {
  return config;
}

/** Git's name of a file's content (gitformat-pack, loose objects). `length`: of the names in this repository, in hex digits. */
function blobName(text: string, length: number): string {
  const bytes = Buffer.from(text);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
