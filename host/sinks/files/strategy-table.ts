import { formatBytesExact, formatDuration, formatRatio } from "../../base/format-units"
import { ratio } from "../../base/ratio"
import type { Work } from "../../documents/lessons-report"
import { SAVINGS } from "../../documents/savings"
import type { Study } from "../../tasks/lesson/study"

/** Between these two lines of a Markdown file stands the table, and nothing else. */
export const TABLE_BEGIN = "<!-- strategy table: begin -->"
export const TABLE_END = "<!-- strategy table: end -->"

/** Keeps the formatter from padding the table: one longer number would then change every line. */
const UNFORMATTED = "<!-- prettier-ignore -->\n"

const HEAD = [
    "| technique | when | the ordinary way | by hand | with the structure | board time: ordinary | by hand | structure | complexity |",
    "| --- | --- | --: | --: | --: | --: | --: | --: | --- |",
]

/** Where writing it by hand is the lesson. */
const NONE = "-"

/**
 * The table of all techniques as Markdown, from measurement. The same programs give the same table.
 * @param folder of the lessons, from where the table is to stand
 */
export function strategyTable(studies: readonly Study[], folder = "devs/lessons"): string {
    return [...HEAD, ...studies.map(study => row(study, folder))].join("\n")
}

function row({ lesson, work }: Study, folder: string): string {
    const { wasteful, byHand, structure } = work
    const { figure, words } = SAVINGS[lesson.saves[0]!]
    const beside = (format: (value: number) => string, name: keyof Work, better?: Work) =>
        better
            ? `${format(better[name])} (${formatRatio(ratio(better[name], wasteful[name]))})`
            : NONE
    const cells = [
        `[${lesson.title}](${folder}/${lesson.name})`,
        lesson.when,
        `${formatBytesExact(wasteful[figure])} ${words}`,
        beside(formatBytesExact, figure, byHand),
        beside(formatBytesExact, figure, structure),
        formatDuration(wasteful.boardTimeMs),
        beside(formatDuration, "boardTimeMs", byHand),
        beside(formatDuration, "boardTimeMs", structure),
        lesson.complexity,
    ]
    return `| ${cells.join(" | ")} |`
}

/** The table that stands in a document, or undefined if the document has no place for one. */
export function tableIn(document: string): string | undefined {
    const place = placeIn(document)
    return (
        place &&
        document
            .slice(...place)
            .trim()
            .replace(UNFORMATTED, "")
    )
}

/**
 * The document with another table in its place.
 * @throws Error when it has no place for one
 */
export function withTable(document: string, table: string): string {
    const place = placeIn(document)
    if (!place)
        throw new Error(`there is no "${TABLE_BEGIN}" with "${TABLE_END}" after it in the document`)
    const [start, end] = place
    return `${document.slice(0, start)}\n\n${UNFORMATTED}${table}\n\n${document.slice(end)}`
}

function placeIn(document: string): [start: number, end: number] | undefined {
    const begin = document.indexOf(TABLE_BEGIN)
    const end = document.indexOf(TABLE_END, begin)
    return begin < 0 || end < 0 ? undefined : [begin + TABLE_BEGIN.length, end]
}
