import { BuildError } from '../../../base/errors.ts';

/** What --chmod does to modes (0 to 0o7777). */
export interface ModeChange {
  /** The mode of a copied file or folder. */
  apply(mode: number, isFolder: boolean): number;
  /** The mode of folders made on the way to the destination; undefined: 0755. */
  readonly madeFolder?: number;
}

const SET_UID = 0o4000;
const SET_GID = 0o2000;
const STICKY = 0o1000;
/** What `a` and no `who` at all stand for: all but the sticky bit. */
const STANDARD = 0o6777;
const WHO: Readonly<Record<string, number>> = {
  a: STANDARD,
  u: SET_UID | 0o700,
  g: SET_GID | 0o070,
  o: 0o007,
};
const SHIFT: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };

/**
 * --chmod: octal, or symbolic as BSD chmod reads it, without a umask.
 * @throws BuildError `BAD_CHMOD`
 */
export function parseModeChange(text: string): ModeChange {
  if (/^[0-9]/.test(text)) {
    const mode = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
    if (!(mode <= 0o7777)) {
      throw badChmod(
        `invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`,
        'Write it like --chmod=644 or --chmod=u=rwX,go=rX.',
      );
    }
    // Go's os.Mkdir takes permission bits only.
    return { apply: () => mode, madeFolder: mode & 0o777 };
  }
  const steps = text.split(',').flatMap((clause) => clauseSteps(clause, text));
  return {
    apply: (mode, isFolder) => steps.reduce((now, step) => step(now, mode, isFolder), mode),
  };
}

type Step = (now: number, original: number, isFolder: boolean) => number;

function clauseSteps(clause: string, whole: string): Step[] {
  const parts = /^([augo]*)((?:[-+=][rstwxXugo]*)+)$/.exec(clause);
  if (parts === null) throw invalidSyntax(whole);
  const who = [...(parts[1] ?? '')].reduce((bits, name) => bits | (WHO[name] ?? 0), 0);
  return [...(parts[2] ?? '').matchAll(/([-+=])([rstwxXugo]*)/g)].flatMap(([, operator = '', letters = '']) =>
    actionSteps(who, operator, letters),
  );
}

/** One operator with its letters. Letters are gathered until a `u`, `g` or `o`, which copies, or the end. */
function actionSteps(clauseWho: number, operator: string, letters: string): Step[] {
  const steps: Step[] = [];
  // `t` makes the sticky bit one of those that `=` clears.
  const who = clauseWho | (letters.includes('t') && isSpecial(clauseWho) ? STICKY : 0);
  const affected = clauseWho === 0 ? STANDARD | who : who;
  let bits = 0;
  let executable = false;
  const flush = (always: boolean): void => {
    if (bits !== 0 || always) steps.push(setBits(operator, affected, bits & (affected | STICKY)));
    // `-X` does nothing, as in BSD chmod.
    if (executable && operator !== '-') steps.push(executableBits(affected));
    bits = 0;
    executable = false;
  };
  let copied = false;
  for (const letter of letters) {
    if (letter in SHIFT) {
      flush(false);
      steps.push(copyBits(letter, affected, operator));
      copied = true;
    } else if (letter === 'X') executable = true;
    else bits |= letterBits(letter, clauseWho);
  }
  flush(operator === '=' && !copied);
  return steps;
}

/** The set-id and sticky bits belong to user and group: clauses for others alone leave them. */
function isSpecial(who: number): boolean {
  return who === 0 || (who & ~0o007) !== 0;
}

function letterBits(letter: string, who: number): number {
  if (letter === 'r') return 0o444;
  if (letter === 'w') return 0o222;
  if (letter === 'x') return 0o111;
  if (!isSpecial(who)) return 0;
  return letter === 's' ? SET_UID | SET_GID : STICKY;
}

function setBits(operator: string, affected: number, bits: number): Step {
  if (operator === '+') return (now) => now | bits;
  if (operator === '-') return (now) => now & ~bits;
  return (now) => (now & ~affected) | bits;
}

function executableBits(affected: number): Step {
  return (now, original, isFolder) => (isFolder || (original & 0o111) !== 0 ? now | (affected & 0o111) : now);
}

/** `g=u`: the permission bits of one class for others. */
function copyBits(from: string, affected: number, operator: string): Step {
  const target = affected & 0o777;
  return (now) => {
    const value = (now >> (SHIFT[from] ?? 0)) & 7;
    const bits = (value | (value << 3) | (value << 6)) & target;
    if (operator === '+') return now | bits;
    return operator === '-' ? now & ~bits : (now & ~target) | bits;
  };
}

function invalidSyntax(text: string): BuildError {
  return badChmod(
    `invalid chmod parameter: '${text}': invalid syntax`,
    'Write it like --chmod=644 or --chmod=u=rwX,go=rX.',
  );
}

function badChmod(message: string, hint: string): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_CHMOD', message, hint });
}
