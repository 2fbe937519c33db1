// People and raters: measures with their intervals, fair beside raw averages, and how raters use the scale.
import { withheldReasons, type Analysis } from '../analysis.ts'
import type { ItemCosts } from '../item-costs.ts'
import type { ElementMeasure, RaterMeasure } from '../measurement.ts'
import { fixed, interval90, signed, whole, Z90 } from './figures.ts'
import { both, html, type Html, type Part } from './html.ts'
import { expectedAverage } from './ruler-layout.ts'
import { intervalSvg } from './ruler-svg.ts'
import { inBoth, WIDE_WORDS, WITHHELD_WORDS } from './words.ts'

/** The most rows of one table; the JSON output has all. */
export const MOST_ROWS = 500

/** Ids as people sort names: digits by value. */
const byId = (a: { readonly id: string }, b: { readonly id: string }) =>
  a.id.localeCompare(b.id, 'en', { numeric: true })

export function more(count: number): Html | false {
  return (
    count > MOST_ROWS &&
    html`<p class="note">
      ${both(
        `The first ${MOST_ROWS} of ${whole(count)} rows; the JSON output of the same run has all.`,
        `此处为 ${whole(count)} 行中的前 ${MOST_ROWS} 行；同一次运行的 JSON 输出包含全部。`,
      )}
    </p>`
  )
}

/** A table that scrolls by itself on a narrow screen, and can be reached with the keyboard. */
export function scrolled(labelledBy: string, table: Html): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${labelledBy}">${table}</div>`
}

export function headRow(
  ...cells: readonly (readonly [english: string, chinese: string, kind?: string])[]
): Html {
  return html`<thead>
    <tr>
      ${cells.map(([english, chinese, kind]) => html`<th scope="col" class="${kind ?? ''}">${both(english, chinese)}</th>`)}
    </tr>
  </thead>`
}

const joined = (parts: readonly Html[]): Part => parts.map((part, k) => [k > 0 && ' · ', part])

function rangeOf(list: readonly ElementMeasure[]): readonly [number, number] {
  let low = -1
  let high = 1
  for (const { measure, se } of list) {
    low = Math.min(low, measure - Z90 * se)
    high = Math.max(high, measure + Z90 * se)
  }
  return [Math.max(-8, low), Math.min(8, high)]
}

export function peopleSection({ measurement, seLimit, fitLimits }: Analysis, costs: ItemCosts): Html {
  const { lowest } = measurement.summary
  const fairAt = (location: number) => fixed(lowest + expectedAverage(costs, location))
  const limits = new Map(fitLimits?.persons.map((one) => [one.id, one]))
  const persons = measurement.persons.toSorted(byId)
  const range = rangeOf(persons)
  return html`<section aria-labelledby="people">
    <h2 id="people">${both('People', '人员')}</h2>
    <p class="lead">
      ${both(
        'Sorted by name, not by measure. The fair average is what average raters would have given; the raw average is what these raters gave. The bar is thick where the measure lies with 50 % and thin where it lies with 90 % probability.',
        '按名称而非测量值排序。公平均分是一般的评分人会给的分；原始均分是这些评分人实际给的分。粗线为 50% 区间，细线为 90% 区间。',
      )}
    </p>
    ${scrolled(
      'people',
      html`<table>
        ${headRow(
          ['Person', '人员'],
          ['Raters', '评分人', 'n'],
          ['Ratings', '评分', 'n'],
          ['Raw average', '原始均分', 'n'],
          ['Fair average', '公平均分', 'n'],
          ['its 90 % interval', '其 90% 区间', 'n'],
          ['Moved by', '调整', 'n'],
          ['Where they stand', '所在位置'],
          ['Measure', '测量值', 'n'],
          ['90 % interval', '90% 区间', 'n'],
          ['Infit', 'Infit', 'n'],
          ['Outfit', 'Outfit', 'n'],
          ['May be shown to others', '可否给他人看'],
        )}
        <tbody>
          ${persons.slice(0, MOST_ROWS).map((person) => {
            const withheld = withheldReasons(person, measurement, seLimit)
            const wide = person.wide.filter((reason) => reason.startsWith('all-'))
            return html`<tr>
              <th scope="row">${person.id}</th>
              <td class="n">${person.raters}</td>
              <td class="n">${person.n}</td>
              <td class="n">${fixed(person.rawAverage)}</td>
              <td class="n"><b>${fixed(person.fairAverage)}</b></td>
              <td class="n">
                ${fairAt(person.measure - Z90 * person.se)} – ${fairAt(person.measure + Z90 * person.se)}
              </td>
              <td class="n quiet">${signed(person.fairAverage - person.rawAverage)}</td>
              <td>${intervalSvg(person.measure, person.se, range)}</td>
              <td class="n">${fixed(person.measure)}</td>
              <td class="n">${interval90(person.measure, person.se)}</td>
              ${fitCell(person.infit, person.infitZ, limits.get(person.id)?.infitP)}${fitCell(person.outfit, person.outfitZ, limits.get(person.id)?.outfitP)}
              <td>
                ${withheld.length === 0 ? both('yes', '可以') : html`<span class="flag">${both('no', '不可')}</span>: ${joined(withheld.map((reason) => inBoth(WITHHELD_WORDS[reason])))}`}${wide.length > 0 && html` <span class="quiet">(${joined(wide.map((reason) => inBoth(WIDE_WORDS[reason])))})</span>`}
              </td>
            </tr>`
          })}
        </tbody>
      </table>`,
    )}
    ${more(persons.length)}
  </section>`
}

/** A mean square, flagged where it is both far from 1 and unlikely: by the bootstrap's p where there is one, else by z. */
export function fitCell(square: number, z: number, p?: number): Html {
  const flagged = (p === undefined ? Math.abs(z) > 2 : p < 0.05) && (square > 1.3 || square < 0.7)
  return html`<td
    class="${flagged ? 'n flag' : 'n'}"
    title="z ${fixed(z, 1)}${p !== undefined && `, p ${fixed(p, 3)}`}"
  >
    ${fixed(square)}
  </td>`
}

/** What a rater's use of the scale shows, in words; a ratio must be far from 1 and rest on enough ratings. */
export function raterNotes(rater: RaterMeasure): Html[] {
  const notes: Html[] = []
  const enough = rater.n >= 20
  if (rater.measure - Z90 * rater.se > 0) notes.push(both('harsher than average', '比平均更严'))
  if (rater.measure + Z90 * rater.se < 0) notes.push(both('more lenient than average', '比平均更宽'))
  if (enough && rater.spreadRatio < 0.75)
    notes.push(both('keeps to the middle of the scale', '集中在量表中段'))
  if (enough && rater.spreadRatio > 1.3) notes.push(both('prefers the ends of the scale', '偏好量表两端'))
  if (enough && rater.persons >= 4 && rater.rangeRatio < 0.6)
    notes.push(both('hardly tells people apart', '几乎不区分人'))
  if (enough && rater.halo < 0.6)
    notes.push(both('marks all items of a person alike (halo)', '对同一个人的各条目给分雷同（光环效应）'))
  if (rater.infit > 1.4 && rater.infitZ > 2)
    notes.push(both('less predictable than the others', '不如其他人可预测'))
  for (const reason of rater.wide) notes.push(inBoth(WIDE_WORDS[reason]))
  return notes
}

export function ratersSection({ measurement, fitLimits }: Analysis): Html {
  const limits = new Map(fitLimits?.raters.map((one) => [one.id, one]))
  const raters = measurement.raters.toSorted(byId)
  const range = rangeOf(raters)
  const grouped = measurement.raterGroups.length > 1
  return html`<section aria-labelledby="raters">
    <h2 id="raters">${both('Raters', '评分人')}</h2>
    <p class="lead">
      ${both(
        'To the right is harsher. Severity is taken out of people’s measures; it is no fault. For each rater’s eyes: say it privately.',
        '越靠右越严。严厉程度已从人员的测量值中扣除，并不是过失。只供评分人本人：请私下告知。',
      )}
    </p>
    ${scrolled(
      'raters',
      html`<table>
        ${headRow(
          ['Rater', '评分人'],
          ...(grouped ? [['Group', '类别'] as const] : []),
          ['People', '人员', 'n'],
          ['Ratings', '评分', 'n'],
          ['Raw average', '原始均分', 'n'],
          ['Gives an average person', '给一般人的分', 'n'],
          ['Severity', '严厉程度'],
          ['Measure', '测量值', 'n'],
          ['90 % interval', '90% 区间', 'n'],
          ['Infit', 'Infit', 'n'],
          ['Outfit', 'Outfit', 'n'],
          ['What can be seen', '可以看出', 'words'],
        )}
        <tbody>
          ${raters.slice(0, MOST_ROWS).map(
            (rater) =>
              html`<tr>
                <th scope="row">${rater.id}</th>
                ${grouped && html`<td>${rater.group ?? ''}</td>`}
                <td class="n">${rater.persons}</td>
                <td class="n">${rater.n}</td>
                <td class="n">${fixed(rater.rawAverage)}</td>
                <td class="n"><b>${fixed(rater.fairAverage)}</b></td>
                <td>${intervalSvg(rater.measure, rater.se, range)}</td>
                <td class="n">${fixed(rater.measure)}</td>
                <td class="n">${interval90(rater.measure, rater.se)}</td>
                ${fitCell(rater.infit, rater.infitZ, limits.get(rater.id)?.infitP)}${fitCell(rater.outfit, rater.outfitZ, limits.get(rater.id)?.outfitP)}
                <td class="words">${joined(raterNotes(rater))}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${more(raters.length)}
    ${
      grouped &&
      html`<h3 id="groups">${both('Groups of raters', '评分人类别')}</h3>
        ${scrolled(
          'groups',
          html`<table>
            ${headRow(['Group', '类别'], ['Raters', '评分人', 'n'], ['Mean severity', '平均严厉程度', 'n'], ['90 % interval', '90% 区间', 'n'])}
            <tbody>
              ${measurement.raterGroups.map(
                (group) =>
                  html`<tr>
                    <th scope="row">${group.id}</th>
                    <td class="n">${group.n}</td>
                    <td class="n">${fixed(group.measure)}</td>
                    <td class="n">${interval90(group.measure, group.se)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}`
    }
    <details>
      <summary>${both('How raters use the scale, in figures', '评分人使用量表的数据')}</summary>
      <p class="note">
        ${both(
          'Spread: SD of scores over the SD expected, below 1 is central tendency. Range: SD of means per person over expected, below 1 is restriction of range. Halo: variance within a person over expected, well below 1 is halo.',
          '离散：分数标准差与预期之比，低于 1 为趋中。范围：各人均分标准差与预期之比，低于 1 为区分不足。光环：同一人内的方差与预期之比，远低于 1 为光环效应。',
        )}
      </p>
      ${scrolled(
        'raters',
        html`<table>
          ${headRow(['Rater', '评分人'], ['Spread', '离散', 'n'], ['Range', '范围', 'n'], ['Halo', '光环', 'n'], ['Infit z', 'Infit z', 'n'], ['Outfit z', 'Outfit z', 'n'], ['SE', '标准误', 'n'])}
          <tbody>
            ${raters.slice(0, MOST_ROWS).map(
              (rater) =>
                html`<tr>
                  <th scope="row">${rater.id}</th>
                  <td class="n">${fixed(rater.spreadRatio)}</td>
                  <td class="n">${fixed(rater.rangeRatio)}</td>
                  <td class="n">${fixed(rater.halo)}</td>
                  <td class="n">${fixed(rater.infitZ, 1)}</td>
                  <td class="n">${fixed(rater.outfitZ, 1)}</td>
                  <td class="n">${fixed(rater.se)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </details>
  </section>`
}
