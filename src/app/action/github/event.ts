import { readFile } from 'node:fs/promises';

/** What started the workflow, as far as we care. */
export interface WorkflowEvent {
  /** `push`, `pull_request`, … */
  readonly name: string;
  /** What happened to it, where the event tells: `opened`, `closed`, … */
  readonly action?: string;
  readonly repository?: Repository;
  /** `refs/heads/main`, `refs/pull/7/merge`, … */
  readonly ref: string;
  readonly defaultBranch?: string;
  /** The pull request that the event is about. */
  readonly pullRequest?: { readonly number: number; readonly fromFork: boolean };
}

export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the event. Not through @actions/github: whether that has to be loaded at all depends on what is read here. */
export async function readWorkflowEvent(environment: Environment): Promise<WorkflowEvent> {
  const event = await eventPayload(environment['GITHUB_EVENT_PATH'] ?? '');
  const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  const action = text(event, 'action');
  const defaultBranch = text(field(event, 'repository'), 'default_branch');
  const pullRequest = pullRequestOf(field(event, 'pull_request'));
  return {
    name: environment['GITHUB_EVENT_NAME'] ?? '',
    ref: environment['GITHUB_REF'] ?? '',
    ...(action === undefined ? {} : { action }),
    ...(owner === '' || repo === '' ? {} : { repository: { owner, repo } }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

/** The event as GITHUB_EVENT_PATH holds it; undefined where that names nothing that can be read. */
export async function eventPayload(path: string): Promise<unknown> {
  if (path === '') return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Runners that are not GitHub's may give none.
    return undefined;
  }
}

function pullRequestOf(value: unknown): WorkflowEvent['pullRequest'] {
  const number = field(value, 'number');
  if (typeof number !== 'number') return undefined;
  const repositoryOf = (side: string): string | undefined =>
    text(field(field(value, side), 'repo'), 'full_name');
  // The fork may have been deleted since.
  return { number, fromFork: repositoryOf('head') !== repositoryOf('base') };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
