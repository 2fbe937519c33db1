// The structure of ARCHITECTURE.md as rules: who may import whom.
'use strict'

const feature = '^src/features/([^/]+)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      comment:
        'src/core takes values and returns values: no other part of Rungs, no Node, only pure packages.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '[.]test[.]tsx?$' },
      to: {
        pathNot:
          '^src/core/|^node_modules/(zod|yaml|uuid|papaparse|fflate|saxes|jsonc-parser|re2js|vfile|micromark-extension-gfm|(mdast|hast)-util-[a-z-]+)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'core-stands-alone',
      comment: 'Not even the tests of the core know of the parts that use it.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(db|platform|features|ui|main)/' },
    },
    {
      name: 'contracts-are-light',
      comment:
        'The browser loads contracts: they know the core and each other, nothing that runs on the server.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/contract[.]ts$' },
      to: { pathNot: '^src/core/|^src/features/[^/]+/contract[.]ts$|^node_modules/(zod|@orpc/contract)/' },
    },
    {
      name: 'policies-are-pure',
      comment: 'Who may do what is a function of values: the core and the actor.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/policy[.]ts$' },
      to: { pathNot: '^src/core/|^src/platform/actor[.]ts$|^src/features/$1/contract[.]ts$' },
    },
    {
      name: 'routes-are-thin',
      comment: 'Routes know the files of their own feature and the platform; no SQL, no rules.',
      severity: 'error',
      from: { path: feature + 'routes[.]ts$' },
      to: { pathNot: '^src/features/$1/|^src/platform/|^src/core/' },
    },
    {
      name: 'features-stay-apart',
      comment:
        "A feature may read another's contract or queries; its commands, routes, policy and screens are its own.",
      severity: 'error',
      from: { path: feature, pathNot: '[.]test[.]tsx?$|/ui/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/|/(contract|queries)[.]ts$' },
    },
    {
      name: 'screens-stay-in-the-browser',
      comment: 'Screens know contracts, the core and src/ui; never the database or the server.',
      severity: 'error',
      from: { path: '^src/(features/[^/]+/ui|ui)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^src/(db|platform|main)/|^src/features/[^/]+/(queries|commands|routes|policy)[.]ts$' },
    },
    {
      name: 'screens-need-no-node',
      severity: 'error',
      from: { path: '^src/(features/[^/]+/ui|ui)/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'components-know-no-feature',
      comment: 'src/ui is free of the domain: features use it, not the other way round.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/features/' },
    },
    {
      name: 'only-main-wires',
      comment: 'Nothing but main, the tests and the scripts imports main.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/|[.]test[.]tsx?$' },
      to: { path: '^src/main/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/(platform|db)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^src/(features|ui|main)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]tsx?$|/fixture[.]ts$' },
      to: { path: '^(test|bench|scripts)/|[.]test[.]tsx?$' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?]worker$|[.]css$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
