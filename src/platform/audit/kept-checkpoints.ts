// What this process keeps outside of the database: the folder of its checkpoints, and the last of each organisation.
import type { Checkpoint } from '../../core/audit/checkpoint.ts'

const folders = new Set<string>()
const last = new Map<string, Checkpoint>()

export function rememberFolder(folder: string): void {
  folders.add(folder)
}

/** Folders that this process writes checkpoints to; none where it seals nothing. */
export function checkpointFolders(): string[] {
  return [...folders]
}

export function rememberCheckpoint(checkpoint: Checkpoint): void {
  last.set(checkpoint.organisation, checkpoint)
}

/** The last checkpoint that this process wrote or found. */
export function findLastKept(organisation: string): Checkpoint | undefined {
  return last.get(organisation)
}
