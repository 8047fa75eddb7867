import type { RunInstruction } from '../../ast.ts';
import { basename } from '../base-name.ts';
import type { InstructionOf, LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';
import { unquote } from '../unquote.ts';

const CACHES =
  /^\/(?:var\/lib\/apt\/lists|var\/cache\/(?:apt|apk|yum|dnf|zypp)|tmp|var\/tmp|root\/\.(?:cache|npm))(?:\/|$)/;
const MANAGERS = ['apt-get', 'apt', 'yum', 'dnf', 'microdnf', 'zypper', 'apk', 'npm', 'yarn', 'pip', 'pip3'];

/** What a layer holds stays in it, whatever a later layer deletes. */
export const tsib1019: LintRule = {
  id: 'TSIB1019',
  severity: 'info',
  title: 'Clean up in the RUN that makes the mess',
  *check(context) {
    for (const stage of context.stages) {
      const made = new Made();
      for (const run of context.of(stage, 'run', 'copy', 'add')) {
        const cleans = run.kind === 'run' && !made.isEmpty && cleansOnly(context, run, made);
        if (cleans)
          yield {
            message: 'The files stay in the layer above: clean up in the RUN that made them',
            at: run.at,
          };
        made.add(context, run);
      }
    }
  },
};

function cleansOnly(context: LintContext, run: RunInstruction, made: Made): boolean {
  if (run.mounts.length > 0) return false;
  const commands = context.scripts(run).flatMap((script) => script.commands);
  const outer = commands.filter(({ through }) => through.length === 0);
  return outer.length > 0 && outer.every((view) => isCleanUp(view, made));
}

function isCleanUp(view: CommandView, made: Made): boolean {
  if (view.name === 'rm') {
    const paths = view.args.filter(({ value }) => !value.startsWith('-'));
    return paths.length > 0 && paths.every(({ value }) => CACHES.test(value) || made.hasPath(value));
  }
  if (!MANAGERS.includes(view.name)) return false;
  if (hasArg(view, 'remove', 'purge', 'autoremove', 'erase', 'del') && made.hasInstalled(view.name))
    return true;
  return hasArg(view, 'clean', 'autoclean') || (hasArg(view, 'cache') && hasArg(view, 'purge', 'clean'));
}

/** What the layers of a stage so far have named: files that they may have made, and package managers that installed something. */
class Made {
  private readonly words = new Set<string>();
  private readonly names = new Set<string>();
  private readonly managers = new Set<string>();

  get isEmpty(): boolean {
    return this.words.size === 0;
  }

  add(context: LintContext, instruction: InstructionOf<'run' | 'copy' | 'add'>): void {
    if (instruction.kind !== 'run') {
      this.addWord(unquote(instruction.destination.value));
      for (const { value } of instruction.sources) this.addWord(basename(unquote(value)));
      return;
    }
    for (const view of context.scripts(instruction).flatMap((script) => script.commands)) {
      if (MANAGERS.includes(view.name) && hasArg(view, 'install', 'add', 'in')) this.managers.add(view.name);
      for (const { value } of [{ value: view.name }, ...view.args]) this.addWord(value);
    }
  }

  private addWord(word: string): void {
    const plain = word.replace(/\/$/, '');
    this.words.add(plain);
    this.names.add(basename(plain));
  }

  /** The same words, from which a file may have come: a path of a few characters says nothing. */
  hasPath(path: string): boolean {
    const plain = path.replace(/\/\*?$/, '');
    if (plain.length < 4 || /[$*?]/.test(plain)) return false;
    return this.words.has(plain) || (!plain.includes('/') && this.names.has(plain));
  }

  hasInstalled(manager: string): boolean {
    return this.managers.has(manager);
  }
}
