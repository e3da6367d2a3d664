import { nameOfPanic } from "../../analysis/outcome/panic"
import { formatBytes, formatCount, formatDuration } from "../../base/format-units"
import type { LessonSweep, PointWork } from "../../documents/lesson-sweep"
import type { Way } from "../../documents/lessons-report"
import type { PanicName } from "../../documents/sim-report"
import { SAVINGS } from "../../documents/savings"
import { waysOf } from "../../tasks/lesson/each-way"
import { WAY_WORDS } from "./lesson-terminal"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { wrap } from "./text/text-layout"

const BAR_COLUMNS = 24
/** What a program died of, in a word or two. */
const DEATHS: Partial<Record<PanicName, string>> = {
    "out-of-memory": "out of memory",
    "endless-loop": "too many steps",
}

/** A lesson for more and more data, for a terminal: bars of bytes, board time, and where each dies. */
export function renderLessonSweep(sweep: LessonSweep, style: Style): string {
    const { colors: c, width } = style
    const { words } = SAVINGS[sweep.saves]
    const first = sweep.points[0]!
    const ways = waysOf(first.programs)
    const max = Math.max(
        ...sweep.points.flatMap(({ programs }) => ways.map(way => bytesOf(programs[way]!))),
    )
    const rows = sweep.points.flatMap(({ n, programs }) =>
        ways.map((way, i) => {
            const work = programs[way]!
            const cells =
                "panic" in work
                    ? ["", c.red(deathWords(work.panic)), ""]
                    : [
                          paint(way, bar(work.bytes / max), style),
                          formatBytes(work.bytes),
                          formatDuration(work.boardTimeMs),
                      ]
            return [i === 0 ? formatCount(n) : "", WAY_WORDS[way], ...cells]
        }),
    )
    const table = renderTable(
        [
            { title: sweep.constant, align: "right" },
            { title: "program", align: "left" },
            { title: "", align: "left" },
            { title: words, align: "right" },
            { title: "board time", align: "right" },
        ],
        rows,
        style,
    )
    const title = `${sweep.lesson} from ${sweep.constant} = ${formatCount(first.n)} to ${formatCount(sweep.points.at(-1)!.n)}, on ${sweep.board.id}.`
    return [
        c.bold(title),
        "",
        table,
        "",
        ...[...breakEvenLines(sweep), ...deathLines(sweep)].flatMap(line => wrap(line, width)),
        c.bold(`next: heapscope lesson ${sweep.lesson}   (the programs and why)`),
    ].join("\n")
}

function breakEvenLines({ breakEven, constant }: LessonSweep): string[] {
    const lines = Object.entries<number | null>({ ...breakEven }).map(([way, n]) => {
        const words = WAY_WORDS[way as Way]
        return n === null
            ? `Takes fewer bytes than the ordinary way ${words}: never, for these ${constant}.`
            : `Takes fewer bytes than the ordinary way ${words}: from ${constant} = ${formatCount(n)} on.`
    })
    return lines
}

function deathLines({ deaths, constant }: LessonSweep): string[] {
    return deaths.map(({ heapBytes, boards, from }) => {
        const parts = waysOf(from).map(way => {
            const death = from[way]
            if (!death) return `${WAY_WORDS[way]} never`
            return `${WAY_WORDS[way]} at ${constant} = ${formatCount(death.firstBad)} (${deathWords(death.panic)})`
        })
        const named = boards.length > 3 ? `${boards.length} boards` : boards.join(", ")
        return `Dies on a heap of ${formatBytes(heapBytes)} (${named}): ${parts.join("; ")}.`
    })
}

function deathWords(panic: number): string {
    return DEATHS[nameOfPanic(panic)] ?? `panic ${panic}`
}

function bytesOf(work: PointWork): number {
    return "bytes" in work ? work.bytes : 0
}

function bar(share: number): string {
    return "█".repeat(Math.round(share * BAR_COLUMNS)) || "▏"
}

function paint(way: Way, text: string, { colors: c }: Style): string {
    return way === "wasteful" ? c.yellow(text) : way === "byHand" ? c.green(text) : c.cyan(text)
}
