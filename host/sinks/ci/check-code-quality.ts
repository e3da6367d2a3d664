import { crc32Hex } from "../../base/crc32"
import { toJson } from "../../base/json"
import type { FoundByCheck } from "./found-by-check"
import { remarksOf, remarkText, type Remark } from "./remarks"

/** GitLab's report of code quality. */
export function checkCodeQuality(found: FoundByCheck): string {
    const counts = new Map<string, number>()
    const issues = remarksOf(found).map(remark => {
        const { level, kind, file, line } = remark
        const print = fingerprintOf(remark)
        const count = (counts.get(print) ?? 0) + 1
        counts.set(print, count)
        return {
            description: remarkText(remark),
            check_name: `heapscope-${kind}`,
            fingerprint: count === 1 ? print : `${print}-${count}`,
            severity: level === "error" ? "major" : "minor",
            location: { path: file, lines: { begin: line } },
        }
    })
    return `${toJson(issues, 2)}\n`
}

/** The same as long as it is the same matter, whatever the line and the number of bytes. */
function fingerprintOf({ kind, figure, file, entry, message }: Remark): string {
    const matter = figure ?? message.replace(/[\d,.]+/g, "")
    const text = new TextEncoder().encode(JSON.stringify([kind, matter, file, entry]))
    return [text, text.toReversed()].map(crc32Hex).join("")
}
