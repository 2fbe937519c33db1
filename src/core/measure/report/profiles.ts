// Persons by competency: where each stands beside their own level, and where only that level speaks.
import type { Analysis } from '../analysis.ts'
import { fixed, percent } from './figures.ts'
import { both, html, type Html } from './html.ts'
import { more, MOST_ROWS, scrolled } from './people.ts'

export function profilesSection({ profiles }: Analysis): Html | false {
  if (!profiles) return false
  const competencies = [...new Set(profiles.cells.map((cell) => cell.competency))]
  const persons = [...new Set(profiles.cells.map((cell) => cell.person))].toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  const cells = new Map(profiles.cells.map((cell) => [JSON.stringify([cell.person, cell.competency]), cell]))
  return html`<section aria-labelledby="profiles">
    <h2 id="profiles">${both('People by competency', '人员在各项能力上的位置')}</h2>
    <p class="lead">
      ${both(
        `Measures with their standard errors, in logits. People’s competencies lie around their own level with an estimated SD of ${fixed(profiles.spread)}; a cell with few ratings is drawn to that level. In brackets: at least half of the measure is the overall level, so it says little of this competency. The share is under the pointer.`,
        `测量值与标准误，单位 logit。每个人的各项能力围绕本人总体水平分布，估计标准差为 ${fixed(profiles.spread)}；评分少的格子会被拉向该水平。带括号者：至少一半来自总体水平，对该项能力说明不了多少。所占份额可将指针移上查看。`,
      )}
    </p>
    ${scrolled(
      'profiles',
      html`<table>
        <thead>
          <tr>
            <th scope="col">${both('Person', '人员')}</th>
            ${competencies.map((name) => html`<th scope="col" class="n">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${persons.slice(0, MOST_ROWS).map(
            (person) =>
              html`<tr>
                <th scope="row">${person}</th>
                ${competencies.map((name) => {
                  const cell = cells.get(JSON.stringify([person, name]))
                  if (!cell || cell.n === 0) return html`<td class="n quiet">–</td>`
                  const words = `${fixed(cell.measure)} ± ${fixed(cell.se)}`
                  return html`<td
                    class="${cell.leansOnOverall ? 'n quiet' : 'n'}"
                    title="${percent(cell.shrinkage)}, n ${cell.n}"
                  >
                    ${cell.leansOnOverall ? `(${words})` : words}
                  </td>`
                })}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${more(persons.length)}
  </section>`
}
