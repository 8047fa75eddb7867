import { BuildError } from '../../base/errors.ts';
import type { Account } from '../sandbox.ts';

/** Texts of the image's /etc/passwd and /etc/group; empty when it has none. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
}

interface PasswdLine {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

interface GroupLine {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

const NUMBER = /^\d+$/;
/** As Go reads a number. */
const SIGNED = /^\+?\d+$/;
/** What BuildKit takes for an id. */
const MAX_ID = 0x7fffffff;

/**
 * Who `USER` names, as BuildKit reads it: nothing is root; two numbers are taken as they are; other users are looked up, numbers by id
 * and never by name; a number without an entry has group 0; supplementary groups come only when no group is named.
 * @throws BuildError `USER_NOT_FOUND`
 */
export function findAccount(user: string, files: AccountFiles): Account {
  // No user is the one that uid 0 is, with its groups (BuildKit, executor/oci/user.go).
  if (user === '' || user === ':') return findAccount('0', files);
  const colon = user.indexOf(':');
  const who = colon === -1 ? user : user.slice(0, colon);
  const group = colon === -1 ? '' : user.slice(colon + 1);
  const entry = who === '' ? { name: '', uid: 0, gid: 0, home: '' } : findUser(who, files.passwd, user);
  const groups = parseGroups(files.group);
  if (group !== '') {
    const gid = findGroup(group, groups, user);
    return { uid: entry.uid, gid, groups: [gid] };
  }
  const more = groups.filter(({ members }) => entry.name !== '' && members.includes(entry.name));
  const all = new Set([entry.gid, ...more.map(({ gid }) => gid)]);
  return { uid: entry.uid, gid: entry.gid, groups: [...all].sort((a, b) => a - b) };
}

/** The home folder of a user: container runtimes set `HOME` to it where the image does not, and to `/` for unknown users. */
export function homeOf(uid: number, passwd: string): string {
  return parsePasswd(passwd).find((line) => line.uid === uid)?.home || '/';
}

function findUser(who: string, passwd: string, user: string): PasswdLine {
  const lines = parsePasswd(passwd);
  if (SIGNED.test(who)) {
    const uid = idOf(who, user);
    return lines.find((line) => line.uid === uid) ?? { name: '', uid, gid: 0, home: '' };
  }
  const byName = lines.find(({ name }) => name === who);
  if (byName !== undefined) return byName;
  throw notFound(user, `the image has no user "${who}" in /etc/passwd`);
}

function findGroup(name: string, groups: readonly GroupLine[], user: string): number {
  if (SIGNED.test(name)) return idOf(name, user);
  const byName = groups.find((group) => group.name === name);
  if (byName !== undefined) return byName.gid;
  throw notFound(user, `the image has no group "${name}" in /etc/group`);
}

function idOf(text: string, user: string): number {
  const id = Number(text);
  if (id > MAX_ID) throw notFound(user, `${text} is too large for an id`);
  return id;
}

function parsePasswd(text: string): PasswdLine[] {
  return fieldsOf(text).map(([name = '', , uid = '', gid = '', , home = '']) => ({
    name,
    uid: numberOf(uid),
    gid: numberOf(gid),
    home,
  }));
}

function parseGroups(text: string): GroupLine[] {
  return fieldsOf(text).map(([name = '', , gid = '', members = '']) => ({
    name,
    gid: numberOf(gid),
    members: members.split(','),
  }));
}

/** What is no number counts as 0 (moby/sys/user, parseParts). */
function numberOf(field: string): number {
  return NUMBER.test(field) ? Number(field) : 0;
}

function fieldsOf(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
}

function notFound(user: string, why: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'USER_NOT_FOUND',
    message: `The user "${user}" cannot be found: ${why}`,
    hint: 'Create it in an earlier step, or name it by number.',
  });
}
