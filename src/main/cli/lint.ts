// rungs lint: everything that is wrong with a framework, and everything that could be better.
import { Command, InvalidArgumentError } from 'commander'

import { formatFinding, lintFramework } from '../../core/framework/lint/lint.ts'
import { LINT_RULE_IDS, LINT_RULES, type LintRule } from '../../core/framework/lint/rules.ts'
import { nearestWord } from '../../core/framework/nearest.ts'
import { EXIT, finish } from './exit.ts'
import { dim, print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, formatFaults, parseArgument } from './read-framework.ts'

export function lintVerb(): Command {
  return new Command('lint')
    .description('list all faults of a framework, or else what the linter finds in it')
    .argument('[framework]', FRAMEWORK_ARGUMENT, 'framework.yaml')
    .option('--off <rule>', 'leave a rule out (may be given again)', collectRule, [] as LintRule[])
    .option('--rules', 'list the rules with their reasons')
    .option('--json', 'write JSON')
    .action(lint)
}

interface Options {
  off: LintRule[]
  rules?: boolean
  json?: boolean
}

async function lint(argument: string, { off, rules, json }: Options): Promise<void> {
  if (rules) return listRules(json ?? false)
  const parsed = await parseArgument(argument)
  if (parsed.faults) {
    if (json) printJson({ faults: parsed.faults, findings: [], linted: false })
    else {
      print(formatFaults(parsed.faults))
      process.stderr.write(
        `The linter's ${LINT_RULE_IDS.length} rules were not run: they need a framework without faults. Mend these, then lint again.\n`,
      )
    }
    return finish(EXIT.bad)
  }
  const findings = lintFramework(parsed.framework, { off, locate: parsed.locate })
  if (json) printJson({ faults: [], findings, linted: true })
  else {
    for (const finding of findings) print(formatFinding(finding))
    const { id, version, competencies, roles } = parsed.framework
    const behaviours = competencies.reduce((sum, competency) => sum + competency.behaviours.length, 0)
    const what = `${id} ${version}: ${roles.length} roles, ${competencies.length} competencies, ${behaviours} behaviours`
    print(
      dim(
        `${what}; ${findings.length === 0 ? 'no findings' : findings.length === 1 ? '1 finding' : `${findings.length} findings`}`,
      ),
    )
  }
  finish(findings.length === 0 ? EXIT.fine : EXIT.findings)
}

function listRules(json: boolean): void {
  if (json) return printJson(LINT_RULE_IDS.map((id) => ({ id, ...LINT_RULES[id] })))
  for (const id of LINT_RULE_IDS) print(`${id}: ${LINT_RULES[id].asks}\n    ${dim(LINT_RULES[id].reason)}`)
}

function collectRule(value: string, before: LintRule[]): LintRule[] {
  const rule = LINT_RULE_IDS.find((id) => id === value)
  if (rule !== undefined) return [...before, rule]
  const near = nearestWord(value, LINT_RULE_IDS)
  throw new InvalidArgumentError(
    `There is no such rule${near === undefined ? '' : `; did you mean "${near}"?`} (rungs lint --rules lists them)`,
  )
}
