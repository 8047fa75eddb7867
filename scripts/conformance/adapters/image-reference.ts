import { BuildError } from '../../../src/base/errors.ts';
import { type Digest, parseDigest } from '../../../src/image/digest.ts';
import {
  familiarName,
  familiarReference,
  formatReference,
  parseReference,
  type Reference,
  withDefaultTag,
  withTag,
} from '../../../src/image/reference.ts';
import { type Adapter, type Case, fail, type Outcome, pass, skip } from '../adapter.ts';
import { attempt, mustFail, mustWork } from '../attempt.ts';
import { equal } from '../difference.ts';
import { isObject, type Json, objects, strings, text } from '../json-shape.ts';

const MAX_PATH = 255;
const IMAGE_ID = /^(?:sha256:)?[0-9a-f]{64}$/;

/** A name that has no tag and no digest. */
function nameOnly(input: string): Reference {
  const reference = parseReference(input);
  if (reference.tag !== undefined || reference.digest !== undefined)
    throw new BuildError({ kind: 'user', code: 'NOT_A_NAME', message: 'there is more than a name' });
  return reference;
}

/** What the reference library's strict reader takes for a domain may be a part of a path on Docker Hub once names are normalised. */
function normalised(domain: string, path: string): string {
  if (domain === '') return `docker.io/library/${path}`;
  const isHost = domain === 'localhost' || /[.:]/.test(domain) || domain.toLowerCase() !== domain;
  return isHost ? `${domain}/${path}` : `docker.io/${domain}/${path}`;
}

function hasName(reference: Reference, domain: string, path: string): Outcome {
  const wanted = path.includes('/') && domain === '' ? `docker.io/${path}` : normalised(domain, path);
  return equal(`${reference.host}/${reference.path}`, wanted);
}

function strictParse(one: Json): Outcome {
  const input = text(one['input']);
  if (text(one['err']) === 'digest.ErrDigestUnsupported' && input.includes('@sha512:')) {
    return skip('sha512 is there here: the reference tests a build without it');
  }
  if (typeof one['err'] === 'string') return mustFail(() => parseReference(input));
  const domain = text(one['domain']);
  const repository = text(one['repository'] ?? one['name']);
  const path = domain === '' ? repository : repository.slice(domain.length + 1);
  if (normalised(domain, path).startsWith('docker.io/') && `${domain}/${path}`.length > MAX_PATH) {
    return mustFail(() => parseReference(input));
  }
  return mustWork(
    () => parseReference(input),
    (reference) => {
      const parts = equal(
        [reference.tag ?? '', reference.digest ?? ''],
        [text(one['tag']), text(one['digest'])],
      );
      return parts.kind === 'pass' ? hasName(reference, domain, path) : parts;
    },
  );
}

function serialised(one: Json): Outcome {
  const name = text(one['name']);
  const slash = name.indexOf('/');
  return strictParse({ ...one, repository: name, domain: name.slice(0, Math.max(slash, 0)) });
}

function repositoryInfo(one: Json): Outcome {
  for (const name of ['FamiliarName', 'FullName', 'AmbiguousName'].map((field) => text(one[field]))) {
    if (name === '') continue;
    const outcome = mustWork(
      () => nameOnly(name),
      (reference) =>
        equal(
          [reference.host, reference.path, familiarName(reference), formatReference(reference)],
          [one['Domain'], one['RemoteName'], one['FamiliarName'], one['FullName']],
        ),
    );
    if (outcome.kind !== 'pass') return outcome;
  }
  return pass;
}

function anyReference(one: Json): Outcome {
  const input = text(one['Reference']);
  if (IMAGE_ID.test(input)) return skip('ids of images are not looked up here');
  return mustWork(
    () => formatReference(parseReference(input)),
    (full) => equal(full, one['Equivalent']),
  );
}

/** With a digest the tag does not count, without both it is `latest`. */
function dockerReference(one: Json): Outcome {
  return mustWork(
    () => withDefaultTag(parseReference(text(one['input']))),
    ({ tag, ...rest }) =>
      equal(
        formatReference(rest.digest === undefined && tag !== undefined ? { ...rest, tag } : rest),
        one['expected'],
      ),
  );
}

function splitHost(one: Json): Outcome {
  return mustWork(
    () => nameOnly(text(one['input'])),
    (reference) => equal([reference.host, reference.path], [one['domain'], one['path']]),
  );
}

function domainAndPath(one: Json): Outcome {
  return mustWork(
    () => nameOnly(text(one['input'])),
    (reference) => hasName(reference, text(one['domain']), text(one['path'])),
  );
}

function withParts(one: Json): Outcome {
  const digest = text(one['digest']);
  const tag = text(one['tag']);
  return mustWork(
    () => {
      const name = nameOnly(text(one['name']));
      const digested = digest === '' ? name : { ...name, digest: digest as Digest };
      return tag === '' ? digested : withTag(digested, tag);
    },
    (reference) => equal(familiarReference(reference), one['combined']),
  );
}

/** Canonical is what is written as it would be printed in full. */
function canonical(one: Json): Outcome {
  const input = text(one['input']);
  const parsed = attempt(() => parseReference(input));
  const isCanonical = 'value' in parsed && formatReference(parsed.value) === input;
  if (typeof one['err'] === 'string') return isCanonical ? fail('was taken as canonical') : pass;
  if (!('value' in parsed)) return fail(`was refused: ${parsed.error.message}`);
  if (!isCanonical) return fail(`is written ${formatReference(parsed.value)}`);
  return equal([parsed.value.host, parsed.value.path], [one['domain'], one['path']]);
}

/** An expression for domains: seen through a name on that domain. */
function domainExpression(one: Json): Outcome {
  const input = text(one['input']);
  const parsed = attempt(() => parseReference(`${input}/name`));
  if (one['match'] !== true) {
    return 'value' in parsed && parsed.value.host === input ? fail('was taken for a host') : pass;
  }
  return 'value' in parsed
    ? hasName(parsed.value, input, 'name')
    : fail(`was refused: ${parsed.error.message}`);
}

function nameExpression(one: Json): Outcome {
  const input = text(one['input']);
  if (one['match'] !== true) return mustFail(() => nameOnly(input));
  const [domain = '', path = ''] = strings(one['subs']);
  if (input.length > MAX_PATH) return skip('the expression has no limit, names have');
  return mustWork(
    () => nameOnly(input),
    (reference) => (path === '' ? pass : hasName(reference, domain, path)),
  );
}

function referenceExpression(one: Json): Outcome {
  const input = text(one['input']);
  if (one['match'] !== true) return mustFail(() => parseReference(input));
  const [name = '', tag = '', digest = ''] = strings(one['subs']);
  return mustWork(
    () => parseReference(input),
    (reference) =>
      equal(
        [`${reference.host}/${reference.path}`, reference.tag ?? '', reference.digest ?? ''],
        [formatReference(parseReference(name)), tag, digest],
      ),
  );
}

function identifierExpression(one: Json): Outcome {
  if (one['match'] !== true) return skip('ids of images are not looked up here');
  return mustFail(() => parseReference(text(one['input'])));
}

const CHECKS: Readonly<Record<string, (one: Json) => Outcome>> = {
  TestParseRepositoryInfo: repositoryInfo,
  TestParseAnyReference: anyReference,
  TestNormalizedSplitHostname: splitHost,
  TestParseDockerRef: dockerReference,
  TestReferenceParse: strictParse,
  TestWithNameFailure: (one) => mustFail(() => nameOnly(text(one['input']))),
  TestDomainAndPath: domainAndPath,
  TestSerialization: serialised,
  TestWithTag: withParts,
  TestWithDigest: withParts,
  TestParseNamed: canonical,
  TestDomainRegexp: domainExpression,
  TestFullNameRegexp: nameExpression,
  TestReferenceRegexp: referenceExpression,
  TestIdentifierRegexp: identifierExpression,
  TestMatch: () => skip('names are not matched with patterns here'),
  TestReferenceSorting: () => skip('names are not sorted here'),
};

/** Plain lists of names; paths without a domain in the second test, as the library takes them apart. */
function* nameLists(test: string, lists: Json): Iterable<Case> {
  for (const [field, names] of Object.entries(lists)) {
    if (!/^(?:in)?valid.*Names$/.test(field)) continue;
    const check = field.startsWith('invalid')
      ? (name: string): Outcome => mustFail(() => nameOnly(name))
      : (name: string): Outcome =>
          mustWork(
            () => parseReference(name),
            () => pass,
          );
    yield* strings(names).map((name, i) => ({ id: `${test}/${field}/${i}`, run: () => check(name) }));
  }
}

function* tableCases(test: string, table: Json): Iterable<Case> {
  yield* nameLists(test, table);
  const check = CHECKS[test] ?? ((): Outcome => skip(`tables of ${test} are not known`));
  for (const field of ['tests', 'range']) {
    yield* objects(table[field]).map((one, i) => ({ id: `${test}/${i}`, run: () => check(one) }));
  }
}

const PROBES: Readonly<Record<string, (input: readonly string[]) => unknown>> = {
  ParseNormalizedNamed: ([name = '']) => formatReference(parseReference(name)),
  ParseAnyReference: ([name = '']) => formatReference(parseReference(name)),
  ParseDockerRef: ([name = '']) => formatReference(withDefaultTag(parseReference(name))),
  // Whatever `{{ref}}` stood for, it was a name.
  WithTag: ([name = '', tag = '']) => formatReference(withTag(parseReference(named(name)), tag)),
  WithDigest: ([name = '', digest = '']) =>
    formatReference({ ...parseReference(named(name)), digest: parseDigest(digest) }),
};

function named(name: string): string {
  return name.startsWith('{{') ? 'busybox' : name;
}

function probe(one: Json): Outcome {
  const kind = text(one['kind']);
  const work = PROBES[kind];
  if (work === undefined) return skip(`probes of kind ${kind} look inside the reference`);
  const input = strings(one['input']);
  if (one['ok'] === false) return mustFail(() => work(input));
  const wanted = objects(one['expect']).find(
    ({ subject, op }) => text(subject).endsWith('.String()') && op === 'equal',
  );
  return mustWork(
    () => work(input),
    (value) => (wanted === undefined ? pass : equal(value, wanted['value'])),
  );
}

function* cases(json: unknown): Iterable<Case> {
  if (!isObject(json) || !isObject(json['tests'])) return;
  for (const [test, table] of Object.entries(json['tests'])) {
    if (isObject(table)) yield* tableCases(test, table);
  }
  for (const one of objects(json['probes'])) yield { id: text(one['id']), run: () => probe(one) };
}

/** Names of images, in the tables of the reference library's tests. */
export const adapter: Adapter = {
  name: 'image-reference',
  recognises: (_, json) =>
    isObject(json) && isObject(json['tests']) && Object.keys(json['tests']).some((test) => test in CHECKS),
  cases,
};
