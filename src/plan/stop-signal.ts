import { BuildError } from '../base/errors.ts';

const NAMES: ReadonlySet<string> = new Set([
  ...(
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
    'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
  ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
]);

/**
 * A number other than 0, or a Linux signal's name with or without SIG, in any case.
 * @throws BuildError `BAD_SIGNAL`
 */
export function checkStopSignal(text: string): void {
  if (/^[+-]?\d+$/.test(text) && Number(text) !== 0) return;
  if (NAMES.has(text.toUpperCase().replace(/^SIG/, ''))) return;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_SIGNAL',
    message: text === '' ? 'STOPSIGNAL has no value' : `"${text}" is not a signal`,
    hint: 'Write a name such as SIGTERM, or a number other than 0.',
  });
}
