/** Something of a board's world that somebody can press, turn or set by hand. */
export interface WorldControlled {
    /** The program's role, or the pin: `outside`, `pin 5`. */
    name: string
    /** What it is, in the catalogue's words: `button`. */
    what: string
    /**
     * `press`: it is pressed for a moment; `turn`: it is turned so many clicks; `set`: it stays at a value
     * from `low` to `high`.
     */
    how: "press" | "turn" | "set"
    low?: number
    high?: number
}

/** What somebody does: presses it, turns it `to` so many clicks, or sets it `to` a value. */
export interface HandAction {
    name: string
    to?: number
}
