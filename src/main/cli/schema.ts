// rungs schema: the JSON Schema that editors complete and check framework files with.
import { Command } from 'commander'

import { frameworkJsonSchema } from '../../core/framework/json-schema.ts'
import { printJson } from './output.ts'

export function schemaVerb(): Command {
  return new Command('schema')
    .description('write the JSON Schema of framework files')
    .option('--json', 'as it is: the schema is JSON in any case')
    .action(() => printJson(frameworkJsonSchema()))
}
