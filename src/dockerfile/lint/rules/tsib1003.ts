import type { InstructionOf, LintContext } from '../context.ts';
import type { Finding, LintRule } from '../rule.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';
import { unquote } from '../unquote.ts';

/** Variables that switch checks off, and the values that do. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(?!0$|false$|$)/i,
  PIP_TRUSTED_HOST: /./,
  NPM_CONFIG_STRICT_SSL: /^false$/i,
  npm_config_strict_ssl: /^false$/i,
  YARN_STRICT_SSL: /^false$/i,
  CURL_INSECURE: /^(?:1|true)$/i,
  GONOSUMCHECK: /^1$/,
  GOINSECURE: /./,
};

export const tsib1003: LintRule = {
  id: 'TSIB1003',
  severity: 'warning',
  security: 7.4,
  title: 'TLS certificates are checked',
  onbuild: true,
  *check(context) {
    for (const instruction of context.all('env', 'arg')) yield* inVariables(instruction);
    for (const run of context.all('run')) yield* inScripts(context, run);
  },
};

function* inVariables({ pairs }: InstructionOf<'env' | 'arg'>): Iterable<Finding> {
  for (const { key, value } of pairs) {
    if (value === undefined || !switchesOff(key.value, unquote(value.value))) continue;
    yield { message: `${key.value} switches certificate checks off`, at: { ...key.at, end: value.at.end } };
  }
}

function* inScripts(context: LintContext, run: InstructionOf<'run'>): Iterable<Finding> {
  for (const script of context.scripts(run)) {
    for (const view of script.commands) {
      const what = insecure(view) ?? assigned(view);
      if (what !== undefined)
        yield { message: `${what} switches certificate checks off`, at: script.rangeOf(view) };
    }
  }
}

function insecure(view: CommandView): string | undefined {
  switch (view.name) {
    case 'curl':
      return view.args.some(({ value }) => value === '--insecure' || isCurlK(value))
        ? 'curl --insecure'
        : undefined;
    case 'wget':
      return hasArg(view, '--no-check-certificate') ? 'wget --no-check-certificate' : undefined;
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return strictSslOff(view) ? `${view.name} strict-ssl=false` : undefined;
    case 'git':
      return view.args.some(({ value }) => /^http\.sslverify=(?:false|0)$/i.test(value)) || gitConfigOff(view)
        ? 'git http.sslVerify=false'
        : undefined;
    case 'yum':
    case 'dnf':
      return view.args.some(({ value }) => /sslverify=(?:0|false|no)/i.test(value))
        ? 'sslverify=0'
        : undefined;
    default:
      return view.name.startsWith('pip') && view.args.some(({ value }) => value.startsWith('--trusted-host'))
        ? 'pip --trusted-host'
        : undefined;
  }
}

/** `-k` among curl's single letters; letters behind one that takes a value are its value. */
function isCurlK(value: string): boolean {
  return /^-[fsSLgiIjJlNOpqRvZ#0-9]*k/.test(value) && !value.startsWith('--');
}

function strictSslOff({ args }: CommandView): boolean {
  return args.some(
    ({ value }, index) =>
      /^(?:--)?strict-ssl=false$/.test(value) ||
      (/^(?:--)?strict-ssl$/.test(value) && args[index + 1]?.value === 'false'),
  );
}

function gitConfigOff({ args }: CommandView): boolean {
  return args.some(
    ({ value }, index) =>
      value.toLowerCase() === 'http.sslverify' && /^(?:false|0)$/i.test(args[index + 1]?.value ?? ''),
  );
}

/** `export X=0`, and `X=0 command`. */
function assigned({ name, args, command }: CommandView): string | undefined {
  const words = name === 'export' || name === 'env' ? args.map(({ value }) => value) : [];
  const found = words
    .map((word) => word.split('='))
    .find(([key = '', value = '']) => switchesOff(key, value));
  if (found !== undefined) return found[0];
  return command.assignments.find(({ name: key, value }) => {
    const [part] = value?.parts ?? [];
    return part !== undefined && 'text' in part && switchesOff(key, part.text);
  })?.name;
}

function switchesOff(name: string, value: string): boolean {
  return Object.hasOwn(VARIABLES, name) && VARIABLES[name]?.test(value) === true;
}
