import { joinPath } from "../../base/join-path"
import { sanitize } from "../../base/sanitize"
import type { Check, CheckFailure } from "../../documents/check/report"
import type { FoundByCheck } from "./found-by-check"

/** Something to be told at a line of a program. */
export interface Remark {
    level: "error" | "warning"
    kind: CheckFailure["kind"]
    figure?: CheckFailure["figure"]
    /** From the repository's folder. */
    file: string
    line: number
    message: string
    /** Of which it is to be said. */
    entry: string
    boards: string[]
}

/**
 * All that is to be said at lines, once each: of the same line on several boards, what the first of them has.
 * What has no line is at the first of its program.
 */
export function remarksOf({ report, folder = "" }: FoundByCheck): Remark[] {
    const remarks = new Map<string, Remark>()
    for (const check of report.checks)
        for (const remark of ofCheck(check, folder)) {
            const { level, kind, figure, file, line, entry } = remark
            const key = JSON.stringify([level, kind, figure, file, line, entry])
            const same = remarks.get(key)
            if (same) same.boards.push(...remark.boards)
            else remarks.set(key, remark)
        }
    return [...remarks.values()]
}

/** What a remark says, with the boards. */
export function remarkText({ message, boards: [first, ...others] }: Remark): string {
    const more = others.length === 0 ? "" : `, and so it is on ${others.join(", ")}`
    return sanitize(`on ${first}: ${message}${more}`)
}

function ofCheck({ report, failures, warnings }: Check, folder: string): Remark[] {
    const { program, board } = report
    const told = (list: readonly CheckFailure[], level: Remark["level"]) =>
        list.map(({ kind, figure, message, places }): Remark => {
            const [place = { file: program.entry, line: 1, message: "" }] = places ?? []
            const why = ["", message].includes(place.message) ? "" : ` (${place.message})`
            return {
                ...{ level, kind, entry: program.entry, boards: [board.id] },
                ...(figure !== undefined && { figure }),
                ...{ file: joinPath(folder, place.file), line: place.line },
                message: `${message}${why}`,
            }
        })
    return [...told(failures, "error"), ...told(warnings, "warning")]
}
