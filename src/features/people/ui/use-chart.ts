// Loads the org chart a part at a time, and keeps who is unfolded and who is looked at.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { EMPTY_CHART, lineTo, withNodes, type ChartNode, type LoadedChart } from './chart-view.ts'
import { peopleApi, peopleClient } from './people-api.ts'

const FIRST_LEVELS = 3
/** Boxes that may be unfolded at once when everything is asked for. */
const ALL_LEVELS = 20

interface State {
  readonly day: string | undefined
  readonly chart: LoadedChart
  readonly unfolded: ReadonlySet<string>
  readonly here: string | undefined
}

const asked = (day: string | undefined) => (day === undefined ? {} : { asOf: day })

export function useChart(day: string | undefined, wanted: string | undefined) {
  const queries = useQueryClient()
  const first = useQuery({
    ...peopleApi.chart.queryOptions({
      input: { ...asked(day), depth: FIRST_LEVELS, ...(wanted === undefined ? {} : { reveal: wanted }) },
    }),
    placeholderData: (before) => before,
  })
  const [state, setState] = useState<State>({ day, chart: EMPTY_CHART, unfolded: new Set(), here: wanted })
  const [fault, setFault] = useState<unknown>()
  const data = first.isPlaceholderData ? undefined : first.data
  useEffect(() => {
    if (!data) return
    // What was unfolded on the day before is carried over, which only the state of then knows.
    // oxlint-disable-next-line react/set-state-in-effect
    setState((was) => {
      const chart = withNodes(EMPTY_CHART, data.nodes)
      // Another day keeps unfolded what was, as far as it is there.
      const open = new Set([...was.unfolded].filter((id) => chart.reports.has(id)))
      for (const root of chart.roots) {
        open.add(root)
        if (chart.nodes.size < 60) for (const id of chart.reports.get(root) ?? []) open.add(id)
      }
      const here = wanted !== undefined && chart.nodes.has(wanted) ? wanted : was.here
      for (const id of here === undefined ? [] : lineTo(chart, here)) open.add(id)
      return {
        day,
        chart,
        unfolded: open,
        here: here !== undefined && chart.nodes.has(here) ? here : chart.roots[0],
      }
    })
  }, [data, day, wanted])

  const load = useCallback(
    async (input: { root?: string; reveal?: string; depth: number }): Promise<readonly ChartNode[]> => {
      try {
        const found = await queries.fetchQuery({
          queryKey: ['people', 'chart part', day, input],
          queryFn: () => peopleClient.chart({ ...asked(day), ...input }),
        })
        return found.nodes
      } catch (error) {
        setFault(error)
        return []
      }
    },
    [queries, day],
  )

  const toggle = useCallback(
    async (id: string) => {
      const { chart, unfolded } = state
      const open = new Set(unfolded)
      if (open.delete(id)) return setState((was) => ({ ...was, unfolded: open }))
      const missing = (chart.nodes.get(id)?.reports ?? 0) > (chart.reports.get(id)?.length ?? 0)
      const more = missing ? await load({ root: id, depth: 2 }) : []
      // Somebody asked for below another stands under that one, whom the chart holds already.
      const kept = more.map((node) => (node.id === id ? (chart.nodes.get(id) ?? node) : node))
      setState((was) => ({
        ...was,
        chart: more.length > 0 ? withNodes(was.chart, kept) : was.chart,
        unfolded: new Set([...was.unfolded, id]),
      }))
    },
    [state, load],
  )

  const reveal = useCallback(
    async (id: string) => {
      const more = await load({ reveal: id, depth: 1 })
      setState((was) => {
        const chart = withNodes(was.chart, more)
        return { ...was, chart, here: id, unfolded: new Set([...was.unfolded, ...lineTo(chart, id)]) }
      })
    },
    [load],
  )

  const unfoldAll = useCallback(async () => {
    const more = await load({ depth: ALL_LEVELS })
    setState((was) => {
      const chart = withNodes(was.chart, more)
      return { ...was, chart, unfolded: new Set(chart.reports.keys()) }
    })
  }, [load])

  const fold = useCallback(
    () => setState((was) => ({ ...was, unfolded: new Set(was.chart.roots), here: was.chart.roots[0] })),
    [],
  )
  const look = useCallback((id: string) => setState((was) => ({ ...was, here: id })), [])
  return {
    ...state,
    circles: first.data?.circles ?? [],
    ready: data !== undefined || state.chart !== EMPTY_CHART,
    error: first.error ?? fault,
    retry: () => {
      setFault(undefined)
      void first.refetch()
    },
    ...{ toggle, reveal, unfoldAll, fold, look },
  }
}
