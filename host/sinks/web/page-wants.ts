import type { Wants } from "../../model/flow"

/** What a source is to find out for the live page. */
export const PAGE_WANTS: Wants = {
    heapMap: true,
    displays: true,
    controls: true,
    visits: true,
    soon: true,
}
