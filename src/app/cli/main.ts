import { toBuildError } from '../../base/errors.ts';
import { nearest } from '../../dockerfile/suggest.ts';
import { guarded } from '../report/runner-command.ts';
import { VERSION } from '../version.ts';
import type { Command, Terminal } from './command.ts';
import { fail } from './failure.ts';

/** Loaded when it is called, so that `lint` never pays for the engine. */
const COMMANDS: Readonly<Record<string, { readonly help: string; readonly load: () => Promise<Command> }>> = {
  build: {
    help: 'build an image from a Dockerfile',
    load: async () => (await import('./commands/build.ts')).build,
  },
  lint: { help: 'lint Dockerfiles', load: async () => (await import('./commands/lint.ts')).lintCommand },
  df: {
    help: 'tell what is kept for later builds',
    load: async () => (await import('./commands/df.ts')).df,
  },
  prune: {
    help: 'delete what is kept for later builds',
    load: async () => (await import('./commands/prune.ts')).prune,
  },
  probe: {
    help: 'tell what this machine can do for RUN',
    load: async () => (await import('./commands/probe.ts')).probe,
  },
};

/** Runs the command line and gives its exit code: 0 done, 1 failed, 2 wrong usage or input, 125 a fault of ours. */
export async function main(argv: readonly string[], given: Terminal): Promise<number> {
  const [name, ...rest] = argv;
  const terminal = withGuards(given, name);
  const [about] = rest;
  if (name === 'help' && about !== undefined) return main([about, '--help'], terminal);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.stdout(usage());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    terminal.stdout(`ts-image-build ${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    // Of words so short, any is near to any other.
    const near = name.length < 4 ? undefined : nearest(name, Object.keys(COMMANDS));
    const meant = near === undefined ? '' : `; did you mean ${near}?`;
    terminal.stderr(`ts-image-build: there is no command "${name}"${meant}\n\n${usage()}`);
    return 2;
  }
  const sources: Record<string, string> = {};
  try {
    return await (await command.load())(rest, terminal, sources);
  } catch (thrown) {
    return fail(toBuildError(thrown), terminal, sources);
  }
}

/**
 * Names of files, their lines and what steps print come from strangers: in a job of GitHub none of them is a command to its runner. Of the reports of
 * `lint` those that programs read stay as they are.
 */
function withGuards(terminal: Terminal, name: string | undefined): Terminal {
  const { environment, stdout, stderr } = terminal;
  return {
    ...terminal,
    stderr: guarded(stderr, environment),
    stdout: name === 'lint' ? stdout : guarded(stdout, environment),
  };
}

function usage(): string {
  const rows = Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(8)}${help}`);
  return `Usage: ts-image-build COMMAND [FLAGS] …
       ts-image-build --version

Builds container images from Dockerfiles with an engine of its own: no Docker daemon.

Commands:
${rows.join('\n')}

"ts-image-build COMMAND --help" tells the flags of a command.
`;
}
