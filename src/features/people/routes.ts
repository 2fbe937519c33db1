// The HTTP side of people.
import { eventStream } from '../../platform/event-stream.ts'
import { implementContract } from '../../platform/procedure.ts'
import { getChart } from './chart.ts'
import { addPerson, correctPerson, leavePerson, movePerson, rehirePerson } from './commands.ts'
import { peopleContract } from './contract.ts'
import { getHistory, getPerson } from './get-person.ts'
import { importPeople } from './import-commands.ts'
import { getSummary, getUnit, listPeople, listUnits } from './queries.ts'
import { loadSample, removeSample } from './sample.ts'
import { addUnit, changeUnit, endUnit } from './unit-commands.ts'

const os = implementContract(peopleContract)

export const peopleRoutes = os.router({
  summary: os.summary.handler(({ context }) => getSummary(context)),
  list: os.list.handler(({ context, input }) => listPeople(context, input)),
  get: os.get.handler(({ context, input }) => getPerson(context, input)),
  history: os.history.handler(({ context, input }) => getHistory(context, input)),
  chart: os.chart.handler(({ context, input }) => getChart(context, input)),
  units: os.units.handler(({ context, input }) => listUnits(context, input)),
  unit: os.unit.handler(({ context, input }) => getUnit(context, input)),
  addUnit: os.addUnit.handler(({ context, input }) => addUnit(context, input)),
  changeUnit: os.changeUnit.handler(({ context, input }) => changeUnit(context, input)),
  endUnit: os.endUnit.handler(({ context, input }) => endUnit(context, input)),
  join: os.join.handler(({ context, input }) => addPerson(context, input)),
  rehire: os.rehire.handler(({ context, input }) => rehirePerson(context, input)),
  move: os.move.handler(({ context, input }) => movePerson(context, input)),
  leave: os.leave.handler(({ context, input }) => leavePerson(context, input)),
  correct: os.correct.handler(({ context, input }) => correctPerson(context, input)),
  import: os.import.handler(({ context, input }) => eventStream(importPeople(context, input))),
  loadSample: os.loadSample.handler(({ context }) => loadSample(context)),
  removeSample: os.removeSample.handler(({ context }) => removeSample(context)),
})
