// A small framework with two tracks that the tests of this folder start from.
import { frameworkSchema, type Framework, type FrameworkInput } from '../framework/model.ts'

const LEVELS = [1, 2, 3, 4, 5]
export const COMPETENCIES = ['coding', 'design', 'testing', 'planning', 'hiring', 'vision']
const AREAS: Record<string, string> = { planning: 'people', hiring: 'people', vision: 'people' }

/** Six competencies with two behaviours at each of five levels, five roles on two tracks, and any changes to it. */
export function growthFramework(changes: Partial<FrameworkInput> = {}): Framework {
  return frameworkSchema.parse({
    rungs: 1,
    id: 'small',
    version: '1.0.0',
    title: { en: 'Small ladder', 'zh-Hans': '小阶梯' },
    languages: ['en', 'zh-Hans'],
    sources: [
      { id: 'book', title: 'The book' },
      { id: 'talk', title: 'The talk' },
    ],
    tracks: [
      { id: 'technical', title: 'Technical' },
      { id: 'management', title: 'Management' },
    ],
    scale: { levels: LEVELS.map((level) => ({ level, title: `Level ${level}` })) },
    areas: [
      { id: 'craft', title: { en: 'Craft', 'zh-Hans': '手艺' } },
      { id: 'people', title: { en: 'People', 'zh-Hans': '人' } },
    ],
    competencies: COMPETENCIES.map((id) => ({
      id,
      area: AREAS[id] ?? 'craft',
      title: { en: `The ${id}`, 'zh-Hans': `能力${id}` },
      behaviours: Object.fromEntries(
        LEVELS.map((level) => [
          String(level),
          ['a', 'b'].map((letter) => ({
            id: `${id}-${level}${letter}`,
            text: { en: `Does ${id} ${level}${letter}`, 'zh-Hans': `做${id} ${level}${letter}` },
          })),
        ]),
      ),
    })),
    roles: [
      { id: 'junior', title: 'Junior', tracks: ['technical'], expectations: { coding: 1, testing: 1 } },
      {
        id: 'senior',
        title: 'Senior',
        tracks: ['technical', 'management'],
        expectations: { coding: 3, design: 2, testing: 2, planning: { level: 1, kind: 'should' } },
        experience: [
          { years: { min: 3, max: 5 }, source: 'book' },
          { years: { min: 7, max: 8 }, source: 'talk' },
        ],
        duties: [
          { id: 'review', title: 'Reviews code', competencies: ['coding', 'testing'] },
          { id: 'mentor', title: 'Mentors', competencies: ['coding'] },
        ],
      },
      {
        id: 'architect',
        title: 'Architect',
        tracks: ['technical'],
        expectations: { coding: 3, design: 4, testing: 3, vision: { level: 2, kind: 'should' } },
        experience: [{ years: { min: 5, max: 8 }, source: 'book' }],
        duties: [
          { id: 'review', title: 'Reviews code', competencies: ['coding', 'testing'] },
          { id: 'blueprint', title: 'Draws blueprints', competencies: ['design', 'coding'] },
        ],
      },
      {
        id: 'lead',
        title: 'Lead',
        tracks: ['management'],
        expectations: { coding: 2, planning: 3, hiring: 2 },
      },
      {
        id: 'head',
        title: { en: 'Head', 'zh-Hans': '主管' },
        tracks: ['management'],
        expectations: { design: 3, planning: 4, hiring: 3, vision: 4 },
        experience: [{ years: { min: 12 } }],
        variants: [{ id: 'quiet', title: 'Quiet head', expectations: { vision: 0, testing: 2 } }],
      },
    ],
    transitions: [
      { from: 'junior', to: 'senior', source: 'book' },
      { from: 'senior', to: 'architect' },
      { from: 'senior', to: 'lead', source: 'talk' },
      { from: 'architect', to: 'lead', kind: 'lateral' },
      { from: 'lead', to: 'architect', kind: 'lateral' },
      { from: 'lead', to: 'senior', kind: 'return' },
      { from: 'lead', to: 'head' },
      { from: 'architect', to: 'head' },
    ],
    ...changes,
  } satisfies FrameworkInput)
}
