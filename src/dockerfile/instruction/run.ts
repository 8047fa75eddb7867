import type { RunInstruction, Text } from '../ast.ts';
import { didYouMean } from '../suggest.ts';
import { type FlagValues, readFlags } from './flags.ts';
import { baseOf, commandOf, fault, type Reading } from './reading.ts';
import { readDevice } from './run-device.ts';
import { checkMount } from './run-mount.ts';

const NETWORKS = ['default', 'none', 'host'] as const;
const SECURITY = ['sandbox', 'insecure'] as const;

/** @throws BuildError `BAD_MOUNT`, `BAD_DEVICE`, `BAD_FLAG_VALUE`, and those of flags */
export function readRun(reading: Reading): RunInstruction {
  const { source, node } = reading;
  const flags = readFlags(source, node.flags, {
    mount: 'list',
    network: 'text',
    security: 'text',
    device: 'list',
  });
  const mounts = flags.list('mount');
  for (const mount of mounts) checkMount(mount);
  const devices = flags.list('device');
  for (const device of devices) readDevice(device);
  return {
    ...baseOf(reading),
    kind: 'run',
    command: commandOf(node.operands),
    mounts,
    network: choice(flags, 'network', NETWORKS),
    security: choice(flags, 'security', SECURITY),
    devices,
  };
}

/** One of a few words; the first is the default. */
function choice<T extends string>(flags: FlagValues, name: string, options: readonly [T, ...T[]]): T {
  const given = flags.text(name);
  if (given === undefined) return options[0];
  const option = options.find((one) => one === given.value);
  if (option === undefined) throw badChoice(name, given, options);
  return option;
}

function badChoice(name: string, given: Text, options: readonly string[]): Error {
  return fault(
    'BAD_FLAG_VALUE',
    `--${name}=${given.value} is not known`,
    given.at,
    didYouMean(given.value, options) ?? `it is one of ${options.join(', ')}`,
  );
}
