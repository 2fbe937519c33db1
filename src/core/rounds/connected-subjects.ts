// Who in a round can be compared with most others, over raters whom they share.

/**
 * The subjects of the group that holds more than half of all, where groups are linked by raters in common, directly or
 * over others; empty where there is none, or where there is one subject alone. The same rule as at the close, on who is
 * asked rather than on who answered.
 */
export function connectedSubjects(
  sheets: Iterable<{ readonly subject: string; readonly rater: string }>,
): Set<string> {
  const above = new Map<string, string>()
  const topOf = (one: string): string => {
    let top = one
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next
    if (top !== one) above.set(one, top)
    return top
  }
  const subjects = new Set<string>()
  for (const { subject, rater } of sheets) {
    subjects.add(subject)
    const [a, b] = [topOf(`subject ${subject}`), topOf(`rater ${rater}`)]
    if (a !== b) above.set(a, b)
  }
  const groups = new Map<string, string[]>()
  for (const subject of subjects) {
    const top = topOf(`subject ${subject}`)
    groups.set(top, [...(groups.get(top) ?? []), subject])
  }
  const most = [...groups.values()].find((group) => group.length > 1 && group.length * 2 > subjects.size)
  return new Set(most)
}
