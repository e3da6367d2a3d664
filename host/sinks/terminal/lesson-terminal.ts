import type { Lesson } from "../../tasks/lesson/catalogue"
import { ratio } from "../../base/ratio"
import type { Work } from "../../documents/lessons-report"
import { answerOf } from "../../tasks/lesson/lessons-report"
import { SAVINGS } from "../../documents/savings"
import type { Study } from "../../tasks/lesson/study"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { indent, wrap } from "./text/text-layout"
import {
    formatBytes,
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
    formatRatio,
} from "../../base/format-units"

/** More than this many times the wasteful one is worth a warning. */
const SLOWER = 1.3
/** Less than this is the same: times vary, and a constant may take one step more. */
const COSTS = 1.05

const FIGURES: { figure: keyof Work; words: string; format: (value: number) => string }[] = [
    { figure: "liveBytes", words: "live at the end", format: formatBytesExact },
    { figure: "peakLiveBytes", words: "high-water live", format: formatBytesExact },
    { figure: "allocatedBytes", words: "allocated (churn)", format: formatBytesExact },
    { figure: "allocations", words: "allocations", format: formatCount },
    { figure: "collections", words: "collections", format: formatCount },
    { figure: "instructions", words: "VM instructions", format: formatCount },
    { figure: "boardTimeMs", words: "board time", format: formatDuration },
    { figure: "bytecodeBytes", words: "program in flash", format: formatBytesExact },
]

/** The lessons there are, for a terminal. */
export function renderLessonList(lessons: readonly Lesson[], style: Style): string {
    const rows = lessons.map(lesson => [
        lesson.name,
        lesson.section,
        lesson.title,
        lesson.complexity,
        SAVINGS[lesson.saves[0]!].words,
    ])
    const table = renderTable(
        [
            { title: "lesson", align: "left" },
            { title: "section", align: "left" },
            { title: "technique", align: "left" },
            { title: "complexity", align: "left" },
            { title: "lowers bytes", align: "left" },
        ],
        rows,
        style,
    )
    return `${table}\n\n${style.colors.dim(`\`heapscope lesson <name>\` runs one now; \`--all\` runs them all.`)}\n${style.colors.bold(`next: heapscope lesson ${lessons[0]?.name ?? ""}   (they are in the order to take them)`)}`
}

/** One lesson for a terminal: what it brings and costs, the code of both twins, and why. */
export function renderStudy(study: Study, boardId: string, style: Style): string {
    const { lesson, log } = study
    const { colors: c, width } = style
    const inner = indent.narrow(style)
    const code = (name: "wasteful" | "efficient") =>
        [
            c.bold(`${name}.ts`),
            ...lesson.code[name]
                .split("\n")
                .flatMap(line => wrapCode(line, inner.width - 2))
                .map(line => `${c.dim("│")} ${line}`),
        ].join("\n")
    const lines = log.length === 1 ? "line" : formatCountOf(log.length, "line")
    const { question } = lesson
    const sections = [
        wrap(`Question: ${question.ask}`, inner.width)
            .map(line => c.bold(line))
            .join("\n"),
        wrap(`Use it for: ${lesson.when}. Complexity: ${lesson.complexity}.`, inner.width).join(
            "\n",
        ),
        code("wasteful"),
        code("efficient"),
        c.dim(`Both print the same ${lines}, the last: ${sanitize(log.at(-1) ?? "")}`),
        renderFigures(study, boardId, inner),
        [c.bold("Why"), ...lesson.why.flatMap(sentence => wrap(sentence, inner.width))].join("\n"),
    ]
    const bold = (text: string) => wrap(text, width).map(line => c.bold(line))
    return [
        ...[bold(`${lesson.title}.`).join("\n"), indent.lines(sections.join("\n\n"), inner)],
        [...bold(conclusion(study)), ...renderLast(study, inner).map(line => `  ${line}`)].join(
            "\n",
        ),
    ].join("\n\n")
}

/** The answer to the question, as measured, and where to go on. */
function renderLast(study: Study, { colors: c, width }: Style): string[] {
    const { question, next } = study.lesson
    const { format, words } = FIGURES.find(({ figure }) => figure === question.figure)!
    const answer = `Answer: ${format(answerOf(study))} (${question.of}, ${words}).`
    const command = next === undefined ? "heapscope lesson --all" : `heapscope lesson ${next}`
    const why = next === undefined ? "all of them in one table" : "the next lesson"
    return [
        ...wrap(answer, width).map(line => c.cyan(line)),
        ...wrap(`next: ${command}   (${why})`, width).map(line => c.bold(line)),
    ]
}

/** All lessons in a table for a terminal. */
export function renderStudies(studies: readonly Study[], style: Style): string {
    const { colors: c } = style
    const rows = studies.map(study => {
        const { lesson, wasteful, efficient, speed } = study
        const { figure, words } = SAVINGS[lesson.saves[0]!]
        const time = speed && speed.efficientMs / speed.wastefulMs
        return [
            lesson.name,
            formatBytes(wasteful[figure]),
            formatBytes(efficient[figure]),
            c.green(formatRatio(ratio(efficient[figure], wasteful[figure]))),
            words,
            colorTime(ratio(efficient.boardTimeMs, wasteful.boardTimeMs), style),
            time === undefined ? "-" : colorTime(time, style),
            lesson.complexity,
        ]
    })
    const table = renderTable(
        [
            { title: "lesson", align: "left" },
            { title: "wasteful", align: "right" },
            { title: "efficient", align: "right" },
            { title: "ratio", align: "right" },
            { title: "bytes", align: "left" },
            { title: "board time", align: "right" },
            { title: "time here", align: "right" },
            { title: "complexity", align: "left" },
        ],
        rows,
        style,
    )
    const note =
        "Times are efficient to wasteful over the whole work. Board time is worked out from what the VM " +
        "did and always the same; time here varies."
    return [
        table,
        "",
        ...wrap(costs(studies), style.width),
        ...wrap(note, style.width).map(line => c.dim(line)),
    ].join("\n")
}

/** Where saving bytes costs time, and how much. */
function costs(studies: readonly Study[]): string {
    const above = (ratioOf: (study: Study) => number | null | undefined) =>
        studies
            .map(study => ({ name: study.lesson.name, ratio: ratioOf(study) ?? 0 }))
            .filter(({ ratio }) => ratio > COSTS)
            .sort((a, b) => b.ratio - a.ratio)
            .map(({ name, ratio }) => `${name} ${formatRatio(ratio)}`)
            .join(", ")
    const time = above(({ speed }) => speed && speed.efficientMs / speed.wastefulMs)
    const board = above(study => ratio(study.efficient.boardTimeMs, study.wasteful.boardTimeMs))
    return `Saving bytes costs board time in: ${board || "none"}. It costs time here in: ${time || "none"}.`
}

/** Breaks a line of code at spaces; what goes on is indented more. */
function wrapCode(line: string, width: number): string[] {
    if (line.length <= width) return [line]
    const margin = " ".repeat(line.length - line.trimStart().length)
    const [first, ...rest] = wrap(line, Math.max(1, width - margin.length - 8))
    return [margin + first, ...rest.map(part => `${margin}        ${part}`)]
}

function renderFigures(study: Study, boardId: string, style: Style): string {
    const { wasteful, efficient, speed } = study
    const { colors: c } = style
    const rows = FIGURES.map(({ figure, words, format }) => [
        words,
        format(wasteful[figure]),
        format(efficient[figure]),
        colorRatio(ratio(efficient[figure], wasteful[figure]), style),
    ])
    if (speed)
        rows.push([
            "time here *",
            formatMs(speed.wastefulMs),
            formatMs(speed.efficientMs),
            colorRatio(speed.efficientMs / speed.wastefulMs, style),
        ])
    const table = renderTable(
        [
            { title: `On ${boardId}`, align: "left" },
            { title: "wasteful", align: "right" },
            { title: "efficient", align: "right" },
            { title: "ratio", align: "right" },
        ],
        rows,
        style,
    )
    if (!speed) return table
    const note =
        `* the VM on this machine, collections included: the best of ${speed.rounds} rounds of both in turn ` +
        `(median of the rounds' ratios: ${formatRatio(speed.medianRatio)})`
    return [table, ...wrap(note, style.width).map(line => c.dim(line))].join("\n")
}

/** What the technique brings and what it costs the board, in a sentence. This machine's time is noise. */
function conclusion({ lesson, wasteful, efficient }: Study): string {
    const { figure, words } = SAVINGS[lesson.saves[0]!]
    const brings = `${formatBytes(wasteful[figure])} ${words} become ${formatBytes(efficient[figure])}`
    const time = ratio(efficient.boardTimeMs, wasteful.boardTimeMs)
    return `${brings}, in ${formatRatio(time)} the board time.`
}

function formatMs(ms: number): string {
    return `${ms.toFixed(2)} ms`
}

function colorRatio(value: number | null, { colors: c }: Style): string {
    const color = value === null || value === 1 ? String : value < 1 ? c.green : c.yellow
    return color(formatRatio(value))
}

function colorTime(value: number | null, { colors: c }: Style): string {
    const color = value !== null && value > SLOWER ? c.red : String
    return color(formatRatio(value))
}
