/**
 * What GitHub's runner may take for a command (actions/runner, ActionCommand.cs): `::` at the beginning of a line, behind whatever counts as
 * blank there, and `##[` anywhere.
 */
const COMMAND = /^[^\p{L}\p{N}[]*::|##\[/mu;
const AT_BEGINNING = /^[^\p{L}\p{N}[\n]*::/gmu;

/** Would the runner obey something in this text? */
export function hasRunnerCommand(text: string): boolean {
  return COMMAND.test(text);
}

/**
 * The text with a blank in each command, so that none is one. For what goes to two streams: the runner may read them in another order than they
 * were written, so that `::stop-commands::` in one of them could end in the midst of the other.
 */
export function withoutRunnerCommands(text: string): string {
  if (!hasRunnerCommand(text)) return text;
  return text.replaceAll('##[', '# #[').replace(AT_BEGINNING, (run) => run.replaceAll(':', ': '));
}

/** JSON with `##[` in other letters, which mean the same: no line of it is a command. */
export function jsonForRunner(json: string): string {
  return json.replaceAll('##[', '#\\u0023[');
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Is this process a step of a job of GitHub, whose output the runner reads? */
export function isRunnerLog(environment: Environment): boolean {
  return environment['GITHUB_ACTIONS'] === 'true';
}

/** A writer of whole lines, in a job of GitHub one that gives the runner no command. */
export function guarded(write: (text: string) => void, environment: Environment): (text: string) => void {
  return isRunnerLog(environment) ? (text) => write(withoutRunnerCommands(text)) : write;
}
