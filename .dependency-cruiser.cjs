// The structure of ARCHITECTURE.md as rules: who may import whom.
'use strict'

const FEATURE = '^src/features/([^/]+)/'
const SCREENS = '^src/(features/[^/]+/ui|ui)/'
const TESTS = '[.]test[.]tsx?$'
/** What core may be built of: packages that take values and return values. */
const PURE_PACKAGES =
  '^node_modules/(zod|yaml|uuid|papaparse|fflate|saxes|jsonc-parser|re2js|vfile|micromark-extension-gfm|(mdast|hast)-util-[a-z-]+)/'

/** No module of `from` may import one of `to`. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never('no-cycles', 'A cycle means that two files are one.', {}, { circular: true }),
    never(
      'core-is-pure',
      'src/core takes values and returns values: no other part of Rungs, no Node, only pure packages.',
      { path: '^src/core/', pathNot: TESTS },
      { pathNot: `^src/core/|${PURE_PACKAGES}`, dependencyTypesNot: ['type-only'] },
    ),
    never(
      'core-stands-alone',
      'Not even the tests of the core know of the parts that use it.',
      { path: '^src/core/' },
      { path: '^src/(db|platform|features|ui|main)/' },
    ),
    never(
      'contracts-are-light',
      'The browser loads contracts: they know the core and each other, nothing that runs on the server.',
      { path: '^src/features/[^/]+/contract[.]ts$' },
      { pathNot: '^src/core/|^src/features/[^/]+/contract[.]ts$|^node_modules/(zod|@orpc/contract)/' },
    ),
    never(
      'policies-are-pure',
      'Who may do what is a function of values: the core and the actor.',
      { path: '^src/features/[^/]+/policy[.]ts$' },
      { pathNot: '^src/core/|^src/platform/actor[.]ts$|^src/features/$1/contract[.]ts$' },
    ),
    never(
      'routes-are-thin',
      'Routes know the files of their own feature and the platform; no SQL, no rules.',
      { path: `${FEATURE}routes[.]ts$` },
      { pathNot: '^src/features/$1/|^src/platform/|^src/core/' },
    ),
    never(
      'features-stay-apart',
      "A feature may read another's contract or queries; its commands, routes, policy and screens are its own.",
      { path: FEATURE, pathNot: `${TESTS}|/ui/` },
      { path: '^src/features/', pathNot: '^src/features/$1/|/(contract|queries)[.]ts$' },
    ),
    never(
      'screens-stay-in-the-browser',
      'Screens know contracts, the core and src/ui; never the database or the server.',
      { path: SCREENS, pathNot: TESTS },
      { path: '^src/(db|platform|main)/|^src/features/[^/]+/(queries|commands|routes|policy)[.]ts$' },
    ),
    never(
      'screens-need-no-node',
      'A browser has none of its modules.',
      { path: SCREENS, pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    never(
      'components-know-no-feature',
      'src/ui is free of the domain: features use it, not the other way round.',
      { path: '^src/ui/' },
      { path: '^src/features/' },
    ),
    never(
      'only-main-wires',
      'Nothing but main, the tests and the scripts imports main.',
      { path: '^src/', pathNot: `^src/main/|${TESTS}` },
      { path: '^src/main/' },
    ),
    never(
      'platform-knows-no-feature',
      'What every feature stands on knows none of them.',
      { path: '^src/(platform|db)/', pathNot: TESTS },
      { path: '^src/(features|ui|main)/' },
    ),
    never(
      'no-test-code-in-the-product',
      'What only tests, benchmarks and scripts use is not shipped.',
      { path: '^src/', pathNot: `${TESTS}|/fixture[.]ts$` },
      { path: `^(test|bench|scripts)/|${TESTS}` },
    ),
    never(
      'nothing-unresolved',
      'An import of nothing fails when it runs.',
      {},
      { couldNotResolve: true, pathNot: '[?]worker$|[.]css$' },
    ),
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
