import { expect, test } from '@jest/globals';
import { buildPlace } from '../../src/app/build-place.ts';

const FILE = { path: 'Dockerfile', text: '', file: '/home/me/app/Dockerfile' };

test('is the same on each runner of a repository, wherever that is checked out', () => {
  const on = (root: string, repository: string, file = 'Dockerfile'): string =>
    buildPlace({ GITHUB_WORKSPACE: root, GITHUB_REPOSITORY: repository }, 'https://example.com/context.tar', {
      ...FILE,
      file: `${root}/${file}`,
    });
  expect(on('/runner/1', 'me/app')).toBe(on('/elsewhere', 'me/app'));
  expect(on('/runner/1', 'me/app')).not.toBe(on('/runner/1', 'me/other'));
  expect(on('/runner/1', 'me/app')).not.toBe(on('/runner/1', 'me/app', 'web/Dockerfile'));
});

test('elsewhere it is the place on this machine, and the commit of a Git context does not count', () => {
  expect(buildPlace({}, '.', FILE)).toBe(buildPlace({}, process.cwd(), FILE));
  expect(buildPlace({}, '.', FILE)).not.toBe(buildPlace({}, '.', { ...FILE, file: '/home/me/b/Dockerfile' }));
  const inGit = (context: string): string => buildPlace({}, context, { path: 'Dockerfile', text: '' });
  expect(inGit('https://host/a.git#main')).toBe(inGit('https://host/a.git#other'));
  expect(inGit('https://host/a.git')).not.toBe(inGit('https://host/b.git'));
});
