// The kinds of columns that tables are described with.
import type { ColumnType } from 'kysely'

/** A moment: read as a Date, written as a Date. */
export type Moment = ColumnType<Date, Date, Date>
/** A day, YYYY-MM-DD, read and written as text: it has no time and no zone. */
export type Day = string
/** Written once with the row and never changed. */
export type Fixed<T> = ColumnType<T, T, never>
/** JSON: read as a value, written as its text, never changed. */
export type FixedJson<T> = ColumnType<T, string, never>
/** Written once with the row; afterwards it can only be erased. */
export type Erasable = ColumnType<string | null, string | null, null>
/** Null until it happens: left out when the row is added, written later. */
export type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

/**
 * A row that holds from one day to another. It is ended by `valid_to`; what was wrong in it is never overwritten: the row
 * is marked as corrected and another one added. As of day D as known at T: valid_from <= D < valid_to, and
 * recorded_at <= T < corrected_at.
 */
export interface Dated {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** The first day on which it holds. */
  valid_from: Fixed<Day>
  /** The first day on which it no longer holds; null while no end is known. */
  valid_to: Later<Day>
  /** When Rungs was told: since then it is known. */
  recorded_at: Fixed<Date>
  /** Who told; null for an import by the system. */
  recorded_by: Fixed<string | null>
  /** When it was found to be wrong; null while it is believed. */
  corrected_at: Later<Date>
  corrected_by: Later<string>
}
/** Has a value of its own where none is given. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>
/** False where nothing is said; written with the row and never changed. */
export type Marked = ColumnType<boolean, boolean | undefined, never>
