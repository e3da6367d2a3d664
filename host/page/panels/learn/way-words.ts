import type { Way } from "../../../documents/lessons-report"

/** What the programs of a lesson are called on the page. */
export const WAY_WORDS: Readonly<Record<Way, string>> = {
    wasteful: "the ordinary way",
    byHand: "by hand",
    structure: "with the structure",
}
