import type { FoundByCheck } from "./found-by-check"
import { remarksOf, remarkText } from "./remarks"

/** GitHub's workflow commands: an annotation at each line that took what it may not. */
export function checkAnnotations(found: FoundByCheck): string {
    return remarksOf(found)
        .map(remark => {
            const { level, file, line } = remark
            const where = `file=${property(file)},line=${line},title=heapscope check`
            return `::${level} ${where}::${data(remarkText(remark))}\n`
        })
        .join("")
}

/** As workflow commands have it: what would end them is written as in a URL. */
function data(text: string): string {
    return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

function property(text: string): string {
    return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
}
