import { type SourceRange, throwAll } from '../../../src/base/errors.ts';
import type { Flag, Instruction } from '../../../src/dockerfile/ast.ts';
import { type FlagKind, readFlags } from '../../../src/dockerfile/instruction/flags.ts';
import { readInstruction } from '../../../src/dockerfile/instruction/read.ts';
import { readDevice } from '../../../src/dockerfile/instruction/run-device.ts';
import { readNodes } from '../../../src/dockerfile/parse.ts';
import { readSource } from '../../../src/dockerfile/source.ts';
import { type Adapter, type Case, type Outcome, pass, skip } from '../adapter.ts';
import { mustFail, mustWork } from '../attempt.ts';
import { checkExpectations } from '../expectations.ts';
import { contentsJson, instructionJson, testOf } from '../instruction-json.ts';
import { isObject, type Json, objects, strings, text } from '../json-shape.ts';

const START = { line: 1, column: 1, offset: 0 };
const NOWHERE: SourceRange = { file: '', start: START, end: START };

function readOne(dockerfile: string): Instruction {
  const source = readSource(dockerfile, 'Dockerfile');
  const { nodes, problems } = readNodes(source);
  throwAll(problems);
  const [instruction] = nodes.map((node) => readInstruction({ source, node }));
  if (instruction === undefined) throw new TypeError('the text holds no instruction');
  return instruction;
}

/** An instruction under the names of BuildKit's fields. */
function commandJson(instruction: Instruction): Json {
  const json = instructionJson(instruction);
  switch (instruction.kind) {
    case 'copy':
    case 'add': {
      const contents = contentsJson(instruction);
      return {
        ...json,
        SourcesAndDest: {
          DestPath: instruction.destination.value,
          SourcePaths: json['src'],
          SourceContents: contents.length === 0 ? undefined : contents,
        },
      };
    }
    case 'run':
    case 'cmd':
    case 'entrypoint': {
      const files = instruction.heredocs.map(({ name, content, chomp }) => ({
        Name: name,
        Data: content,
        ...(chomp ? { Chomp: true } : {}),
      }));
      return {
        ...json,
        PrependShell: json['shell'],
        CmdLine: json['cmd'],
        Files: files.length === 0 ? null : files,
      };
    }
    case 'healthcheck':
      return { ...json, Health: { Test: testOf(instruction) } };
    default:
      return json;
  }
}

/**
 * A parsed node as text again, where one stands for it. A node of HEALTHCHECK that has its command in several words cannot come out
 * of any text; joined by blanks it means the same.
 */
function textOfNode(node: Json): string | undefined {
  if (typeof node['Original'] === 'string') return node['Original'];
  const values: string[] = [];
  for (let next = node['Next']; isObject(next); next = next['Next']) values.push(text(next['Value']));
  const attributes = isObject(node['Attributes']) ? node['Attributes'] : {};
  const name = text(node['Value']).replace(/^command\./, '');
  if (attributes['json'] === true) return undefined;
  return `${name} ${values.join(' ')}`;
}

function probeCase(one: Json): Case {
  const input = isObject(one['input']) ? one['input'] : {};
  const run = (): Outcome => {
    switch (one['kind']) {
      case 'device':
        return judge(one, () => {
          const { name, required } = readDevice({ value: text(input['value']), at: NOWHERE });
          return { device: { Name: name, Required: required } };
        });
      case 'instruction':
        return judge(one, () => ({ command: commandJson(readOne(text(input['text']))) }));
      case 'instructionNode': {
        const dockerfile = textOfNode(isObject(input['node']) ? input['node'] : {});
        if (dockerfile === undefined) return skip('a node that no text can be made of');
        return judge(one, () => ({ command: commandJson(readOne(dockerfile)) }));
      }
      default:
        return skip(`probes of kind ${text(one['kind'])} look inside the reference`);
    }
  };
  return { id: text(one['id']), run };
}

function judge(one: Json, read: () => Json): Outcome {
  if (one['ok'] === false) return mustFail(read);
  return mustWork(read, (subjects) => checkExpectations(subjects, one['expect']));
}

const FLAG_KINDS: Readonly<Record<string, FlagKind>> = { bool: 'bool', string: 'text', strings: 'list' };

function flagOf(written: string): Flag {
  const equals = written.indexOf('=');
  const name = written.slice(2, equals === -1 ? undefined : equals);
  return { name, value: equals === -1 ? undefined : written.slice(equals + 1), at: NOWHERE };
}

function flagCase(one: Json, index: number): Case {
  const known: Record<string, FlagKind> = {};
  for (const flag of objects(one['flags']))
    known[text(flag['name'])] = FLAG_KINDS[text(flag['type'])] ?? 'text';
  // In the reference a word that is no flag, or a lone --, never gets this far: the split before it sees to that.
  const words = strings(one['args']);
  const end = words.indexOf('--');
  const written = end === -1 ? words : words.slice(0, end);
  const read = () => {
    const { problems } = readNodes(readSource(`FLAGS ${written.join(' ')}`, ''));
    throwAll(problems);
    return readFlags(readSource('', ''), written.map(flagOf), known);
  };
  const run = (): Outcome => {
    if (written.some((word) => !word.startsWith('--')))
      return one['ok'] === false ? pass : skip('arguments among the flags');
    return one['ok'] === false ? mustFail(read) : mustWork(read, () => pass);
  };
  return { id: `flags/${index}`, run };
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json)) return;
  yield* objects(json['probes']).map(probeCase);
  yield* objects(json['flags']).map(flagCase);
}

export const adapter: Adapter = {
  name: 'dockerfile-instructions',
  recognises: (_, json) =>
    isObject(json) &&
    (objects(json['probes']).some((one) =>
      ['device', 'instruction', 'instructionNode'].includes(text(one['kind'])),
    ) ||
      objects(json['flags']).some((one) => 'flags' in one && 'args' in one)),
  cases,
};
