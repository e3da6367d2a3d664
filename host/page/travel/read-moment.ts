import { parseDuration } from "../../base/parse-units"
import type { RunMoment } from "../../model/run-moment"

/** What may be written where somebody wants to go. */
export const MOMENT_HELP = "12.5s, #1234 for an allocation, gc 5 for a collection"

/** @returns undefined for what is no moment */
export function readMoment(text: string): RunMoment | undefined {
    const trimmed = text.trim().replaceAll(",", "")
    const [, allocation] = /^(?:#|allocation |a)?(\d{1,15})$/i.exec(trimmed) ?? []
    if (allocation !== undefined && Number(allocation) > 0)
        return { kind: "allocation", number: Number(allocation) }
    const [, collection] = /^(?:gc|collection) ?#?(\d{1,15})$/i.exec(trimmed) ?? []
    if (collection !== undefined && Number(collection) > 0)
        return { kind: "collection", number: Number(collection) }
    try {
        return { kind: "time", atMs: parseDuration(trimmed.replaceAll(" ", "")) }
    } catch {
        return undefined
    }
}
