// The import table of docs/architecture.md as rules; __tests__/architecture.test.ts plants violations and expects them found.
const may = (folder, ...to) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...to].join('|')})/` },
});
const implementation = '^src/(worker|cache|export|registry)/[^/]+/|^src/image/store/';
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    may('base'),
    may('dockerfile', 'base'),
    may('image', 'base'),
    may('registry', 'image', 'base'),
    may('plan', 'dockerfile', 'image', 'base'),
    may('worker', 'registry', 'image', 'base'),
    may('cache', 'registry', 'image', 'base'),
    may('export', 'registry', 'image', 'base'),
    may('engine', 'plan', 'dockerfile', 'worker', 'cache', 'export', 'registry', 'image', 'base'),
    {
      name: 'only-app-picks-implementations',
      severity: 'error',
      from: { pathNot: `^src/app/|^src/worker-entry|${implementation}` },
      to: { path: implementation },
    },
    {
      name: 'actions-sdk-at-the-edge',
      severity: 'error',
      from: { pathNot: '^src/app/action/|^src/cache/backends/actions' },
      to: { path: '(^|node_modules/)@actions/' },
    },
    {
      name: 'processes-through-exec',
      severity: 'error',
      from: { pathNot: '^src/base/exec' },
      to: { path: '^(node:)?child_process$' },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true },
};
