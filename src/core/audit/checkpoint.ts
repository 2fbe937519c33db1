// Checkpoints: what a chain's head was at a time, kept outside of the database as lines of JSON.
import { z } from 'zod'

const checkpointSchema = z.object({
  kind: z.enum(['checkpoint', 'restored']).default('checkpoint'),
  organisation: z.uuid(),
  sequence: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.int().min(0),
  at: z.iso.datetime(),
  reason: z
    .string()
    .regex(/^[a-z-]+$/)
    .optional(),
})

/**
 * `sequence` links were there at `at`, the last with this hash. `restored` says that an older database was put in place on
 * purpose and that the chain goes on from there: what was written after it is known to be lost.
 */
export type Checkpoint = z.output<typeof checkpointSchema>

export interface ReadCheckpoints {
  /** In the order of the lines. */
  readonly checkpoints: readonly Checkpoint[]
  /** Numbers of lines, from 1, that are none. The last line may be cut off where a process was killed: it does not count. */
  readonly unreadable: readonly number[]
}

/** One line, with its newline. */
export function checkpointLine(checkpoint: Checkpoint): string {
  return `${JSON.stringify(checkpoint)}\n`
}

/** Reads the lines of a file; those of other organisations are left out. */
export function parseCheckpoints(text: string, organisation: string): ReadCheckpoints {
  const lines = text.split('\n')
  const checkpoints: Checkpoint[] = []
  const unreadable: number[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const parsed = checkpointSchema.safeParse(jsonOf(line))
    if (!parsed.success) {
      if (index < lines.length - 1) unreadable.push(index + 1)
    } else if (parsed.data.organisation === organisation) checkpoints.push(parsed.data)
  }
  return { checkpoints, unreadable }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * What a chain must still agree with, by sequence: after a line that says `restored`, earlier ones beyond it are of a
 * history that is known to be lost.
 */
export function bindingCheckpoints(checkpoints: readonly Checkpoint[]): Map<number, Checkpoint[]> {
  const binding = new Map<number, Checkpoint[]>()
  for (const checkpoint of checkpoints) {
    if (checkpoint.kind === 'restored')
      for (const sequence of binding.keys()) if (sequence > checkpoint.sequence) binding.delete(sequence)
    binding.set(checkpoint.sequence, [...(binding.get(checkpoint.sequence) ?? []), checkpoint])
  }
  return binding
}
