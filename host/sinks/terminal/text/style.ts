import type { Colors } from "picocolors/types"

/** How text for a terminal is made: the colours (or none) and the columns there are. */
export interface Style {
    /** From picocolors' `createColors(enabled)`. */
    colors: Colors
    /** Columns. No line is wider. */
    width: number
}
