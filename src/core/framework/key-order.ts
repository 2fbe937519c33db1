// The one order in which keys are written, whatever map they stand in.

const KEYS = [
  ...['rungs', 'extends', 'id', 'version', 'level', 'measure', 'from', 'to', 'kind', 'area', 'title', 'official'],
  ...['description', 'author', 'publisher', 'url', 'date', 'license', 'languages', 'sources', 'aliases', 'tracks'],
  ...['gradeSchemes', 'scheme', 'note', 'scale', 'levels', 'areas', 'about', 'claims', 'years', 'min', 'max'],
  ...['summary', 'facts', 'experience', 'disagreements', 'text', 'when', 'asks', 'role', 'over', 'atLeast', 'atMost'],
  ...['under', 'competencies', 'behaviours', 'roles', 'grades', 'expectations', 'duties', 'variants', 'transitions'],
  ...['orgRules', 'changes', 'source', 'remove', 'translations', 'lint', 'off'],
]

/** Rank of each key that the model knows. */
export const KEY_ORDER: ReadonlyMap<string, number> = new Map(KEYS.map((key, rank) => [key, rank]))
