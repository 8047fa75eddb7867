import { throwAll } from '../../../src/base/errors.ts';
import type { Heredoc, Text } from '../../../src/dockerfile/ast.ts';
import {
  DirectiveReader,
  detectSyntax,
  scanDirective,
  syntaxReference,
} from '../../../src/dockerfile/directives.ts';
import { chompHeredoc, findMarkers, readMarker } from '../../../src/dockerfile/heredoc.ts';
import type { Node } from '../../../src/dockerfile/node.ts';
import { parseDockerfile, readNodes } from '../../../src/dockerfile/parse.ts';
import { readSource, type Source } from '../../../src/dockerfile/source.ts';
import { splitQuoted } from '../../../src/dockerfile/words.ts';
import { type Adapter, type Case, fail, type Outcome, pass, skip } from '../adapter.ts';
import { mustFail, mustWork } from '../attempt.ts';
import { equal } from '../difference.ts';
import { checkExpectations } from '../expectations.ts';
import { isObject, type Json, objects, strings, text } from '../json-shape.ts';
import { argumentsOf, dumpNodes } from '../node-dump.ts';

function nodesOf(dockerfile: string): readonly Node[] {
  const { nodes, problems } = readNodes(readSource(dockerfile, 'Dockerfile'));
  throwAll(problems);
  return nodes;
}

function astCase(one: Json): Case {
  return {
    id: `ast/${text(one['id'])}`,
    run: () =>
      mustWork(
        () => nodesOf(text(one['dockerfile'])),
        (nodes) => equal(dumpNodes(nodes), text(one['dump']).trim()),
      ),
  };
}

function negativeCase(one: Json): Case {
  return {
    id: `negative/${text(one['id'])}`,
    run: () => mustFail(() => throwAll(parseDockerfile(text(one['dockerfile']), 'Dockerfile').problems)),
  };
}

function linesCase(one: Json): Case {
  return {
    id: 'lines',
    run: () =>
      mustWork(
        () => nodesOf(text(one['dockerfile'])),
        (nodes) => {
          const children = nodes.map((node) => [node.startLine, node.endLine]);
          return equal(
            { root: [children[0]?.[0], children.at(-1)?.[1]], children },
            { root: one['root'], children: one['children'] },
          );
        },
      ),
  };
}

function* jsonCases(json: Json): Iterable<Case> {
  for (const [index, one] of objects(json['valid']).entries()) {
    const run = (): Outcome =>
      mustWork(
        () => nodesOf(`CMD ${text(one['text'])}`),
        ([node]) => {
          if (node?.operands.form !== 'array') return fail('was not read as JSON');
          return equal(argumentsOf(node.operands), one['expect']);
        },
      );
    yield { id: `json/valid/${index}`, run };
  }
  for (const [index, one] of strings(json['invalid']).entries()) {
    yield { id: `json/invalid/${index}`, run: () => mustFail(() => nodesOf(`CMD ${one}`)) };
  }
}

function heredocJson({ name, content, expand, chomp, fd }: Heredoc): Json {
  return {
    Name: name,
    Content: content,
    Expand: expand,
    ...(chomp ? { Chomp: true } : {}),
    ...(fd === 0 ? {} : { FileDescriptor: fd }),
  };
}

function* heredocCases(json: Json): Iterable<Case> {
  const instructions = Array.isArray(json['instructions']) ? json['instructions'] : [];
  for (const [index, expected] of instructions.entries()) {
    yield {
      id: `heredoc/instruction/${index}`,
      run: () => {
        const node = nodesOf(text(json['dockerfile']))[index + 1];
        const found = node?.heredocs.map(heredocJson) ?? [];
        const wanted = objects(expected).map((one) => ({
          ...one,
          Chomp: one['Chomp'] === true ? true : undefined,
          Expand: one['Expand'] === true,
        }));
        return equal(found, wanted);
      },
    };
  }
  for (const [index, one] of objects(json['lines']).entries()) {
    const names = (): string[] => findMarkers(text(one['line'])).map((marker) => marker.name);
    yield { id: `heredoc/line/${index}`, run: () => equal(names(), one['heredocNames'] ?? []) };
  }
  for (const [index, word] of strings(json['valid']).entries()) {
    yield {
      id: `heredoc/valid/${index}`,
      run: () => (readMarker(word) === undefined ? fail(`${word} is no marker`) : pass),
    };
  }
  for (const [index, word] of strings(json['invalid']).entries()) {
    yield { id: `heredoc/invalid/${index}`, run: () => mustFail(() => readMarker(word)) };
  }
  for (const [index, word] of strings(json['notHeredoc']).entries()) {
    yield { id: `heredoc/none/${index}`, run: () => equal(readMarker(word), undefined) };
  }
  if (typeof json['jsonForm'] === 'string') {
    const count = (): number =>
      nodesOf(text(json['jsonForm'])).reduce((sum, node) => sum + node.heredocs.length, 0);
    yield { id: 'heredoc/jsonForm', run: () => equal(count(), 0) };
  }
}

function location({ at }: Text): Json[] {
  return [{ Start: { Line: at.start.line }, End: { Line: at.end.line } }];
}

function allDirectives(source: Source): Json {
  const reader = new DirectiveReader(source);
  const directives: Json[] = [];
  for (const [index, line] of source.text.split('\n').entries()) {
    const directive = reader.read(line.replace(/\r$/, ''), source.lineStarts[index] ?? 0);
    if (directive !== undefined) directives.push({ Name: directive.name, Value: directive.value.value });
  }
  return { directives };
}

function found(value: Text | undefined, reference: string, whole: string): Json {
  if (value === undefined) return { ok: false, [reference]: '', [whole]: '' };
  return { ok: true, [reference]: syntaxReference(value), [whole]: value.value, loc: location(value) };
}

/** The chain of nodes that BuildKit's parser makes of arguments. */
function chain(values: readonly string[]): Json | undefined {
  const [value, ...rest] = values;
  if (value === undefined) return undefined;
  const next = chain(rest);
  return { Value: value, ...(next === undefined ? {} : { Next: next }) };
}

/** Warnings in BuildKit's words around our facts: the instruction that a blank line stands in. */
function warningsOf(dockerfile: string): Json {
  const { nodes, problems, warnings } = readNodes(readSource(dockerfile, 'Dockerfile'));
  throwAll(problems);
  const list = warnings.map(({ at }) => {
    const node = nodes.find((one) => one.startLine <= at.start.line && at.start.line <= one.endLine);
    return {
      Short: `Empty continuation line found in: ${node?.line.value}`,
      Detail: ['Empty continuation lines will become errors in a future release'],
    };
  });
  return { result: { Warnings: list } };
}

const PROBES: Readonly<Record<string, (input: Json) => Json>> = {
  parseAllDirectives: (input) => allDirectives(readSource(text(input['text']), '')),
  detectSyntax: (input) => found(detectSyntax(readSource(text(input['text']), '')), 'ref', 'cmdline'),
  parseDirective: (input) => {
    const name = text(input['key']);
    if (name !== 'syntax' && name !== 'check' && name !== 'escape') return { ok: false };
    return found(scanDirective(readSource(text(input['text']), ''), name), 'value', 'full');
  },
  parseNameVal: (input) => {
    const [node] = nodesOf(`${text(input['instruction'])} ${text(input['text'])}`);
    return { node: chain(node === undefined ? [] : argumentsOf(node.operands)) };
  },
  chompHeredoc: (input) => ({ text: chompHeredoc(text(input['text'])) }),
  parseWords: (input) => ({ words: splitQuoted(text(input['text']), '\\').map((word) => word.value) }),
  parse: (input) => warningsOf(text(input['dockerfile'])),
};

function probeCase(one: Json): Case {
  const probe = PROBES[text(one['kind'])];
  const input = isObject(one['input']) ? one['input'] : {};
  return {
    id: text(one['id']),
    run: () => {
      if (probe === undefined) return skip(`probes of kind ${text(one['kind'])} look inside the reference`);
      if (one['ok'] === false) return mustFail(() => probe(input));
      return mustWork(
        () => probe(input),
        (subjects) => checkExpectations(subjects, one['expect']),
      );
    },
  };
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json)) return;
  yield* objects(json['ast']).map(astCase);
  yield* objects(json['negative']).map(negativeCase);
  yield* objects(json['probes']).map(probeCase);
  if (isObject(json['lines'])) yield linesCase(json['lines']);
  if (isObject(json['json'])) yield* jsonCases(json['json']);
  if (isObject(json['heredoc'])) yield* heredocCases(json['heredoc']);
}

export const adapter: Adapter = {
  name: 'dockerfile-parser',
  recognises: (_, json) =>
    isObject(json) &&
    (objects(json['ast']).some((one) => 'dump' in one) ||
      objects(json['probes']).some((one) => Object.hasOwn(PROBES, text(one['kind'])))),
  cases,
};
