// A share as people read it in the import.

/** Per cent, floored to a tenth, so that 100 % is only said of everything. */
export const floorPercent = (share: number): string => (Math.floor(share * 1000) / 10).toFixed(1)
