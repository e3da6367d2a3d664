import { PROGRAM_FILES, type Lesson } from "../../tasks/lesson/catalogue"
import { waysOf } from "../../tasks/lesson/each-way"
import { ratio } from "../../base/ratio"
import type { Way, Work } from "../../documents/lessons-report"
import { answerOf, publicFacts } from "../../tasks/lesson/lessons-report"
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

/** More than this many times the ordinary way is worth a warning. */
const SLOWER = 1.3
/** Less than this is the same: times vary, and a constant may take one step more. */
const COSTS = 1.05

/** What the programs are called. */
export const WAY_WORDS: Record<Way, string> = {
    wasteful: "the ordinary way",
    byHand: "by hand",
    structure: "with the structure",
}

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

/** One lesson for a terminal: what it brings and costs, the code of each program, and why. */
export function renderStudy(study: Study, boardId: string, style: Style): string {
    const { lesson, log } = study
    const { colors: c, width } = style
    const inner = indent.narrow(style)
    const code = (way: Way) =>
        [
            `${c.bold(PROGRAM_FILES[way])}${c.dim(`, ${WAY_WORDS[way]}`)}`,
            ...lesson.code[way]!.split("\n")
                .flatMap(line => wrapCode(line, inner.width - 2))
                .map(line => `${c.dim("│")} ${line}`),
        ].join("\n")
    const lines = log.length === 1 ? "line" : formatCountOf(log.length, "line")
    const { question, adds } = lesson
    const { scenario } = publicFacts(lesson)
    const ways = waysOf(lesson.code)
    const all = ways.length === 2 ? "Both" : "All"
    const paragraphs = (texts: string[]) => texts.flatMap(text => wrap(text, inner.width))
    const sections = [
        wrap(`Question: ${question.ask}`, inner.width)
            .map(line => c.bold(line))
            .join("\n"),
        wrap(`Use it for: ${lesson.when}. Complexity: ${lesson.complexity}.`, inner.width).join(
            "\n",
        ),
        ...(lesson.scenario === undefined
            ? []
            : [wrap(`What happens to it: ${scenario}.`, inner.width).join("\n")]),
        ...ways.map(code),
        c.dim(`${all} print the same ${lines}, the last: ${sanitize(log.at(-1) ?? "")}`),
        renderFigures(study, boardId, inner),
        [c.bold("Why"), ...paragraphs(lesson.why)].join("\n"),
        ...(adds === undefined
            ? []
            : [[c.bold("The structure"), ...paragraphs([adds, priceOf(study)])].join("\n")]),
    ]
    const bold = (text: string) => wrap(text, width).map(line => c.bold(line))
    return [
        ...[bold(`${lesson.title}.`).join("\n"), indent.lines(sections.join("\n\n"), inner)],
        renderLinks(lesson, inner),
        [...bold(conclusion(study)), ...renderLast(study, inner).map(line => `  ${line}`)].join(
            "\n",
        ),
    ].join("\n\n")
}

/** Where to read on. An address stays whole, or nobody could follow it. */
function renderLinks({ links }: Lesson, { colors: c, width }: Style): string {
    const lines = links.flatMap(({ title, url }) => [...wrap(`${title}:`, width), url])
    return [c.bold("Read on"), ...lines].map(line => `  ${line}`).join("\n")
}

/** The answer to the question, as measured, and where to go on. */
function renderLast(study: Study, { colors: c, width }: Style): string[] {
    const { question, next } = study.lesson
    const { format, words } = FIGURES.find(({ figure }) => figure === question.figure)!
    const answer = `Answer: ${format(answerOf(study))} (${WAY_WORDS[question.of]}, ${words}).`
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
    const rows = studies.map(({ lesson, work }) => {
        const { figure, words } = SAVINGS[lesson.saves[0]!]
        const { wasteful, byHand, structure } = work
        const cells = (better: Work | undefined) =>
            better
                ? [
                      formatBytes(better[figure]),
                      c.green(formatRatio(ratio(better[figure], wasteful[figure]))),
                      colorTime(ratio(better.boardTimeMs, wasteful.boardTimeMs), style),
                  ]
                : ["-", "", ""]
        return [
            ...[lesson.name, words, formatBytes(wasteful[figure])],
            ...[...cells(byHand), ...cells(structure), lesson.complexity],
        ]
    })
    const table = renderTable(
        [
            { title: "lesson", align: "left" },
            { title: "bytes", align: "left" },
            { title: "ordinary", align: "right" },
            { title: "by hand", align: "right" },
            { title: "", align: "right" },
            { title: "time", align: "right" },
            { title: "structure", align: "right" },
            { title: "", align: "right" },
            { title: "time", align: "right" },
            { title: "complexity", align: "left" },
        ],
        rows,
        style,
    )
    const note =
        "Ratios are to the ordinary way, over the whole work. Time is board time, worked out from what " +
        "the VM did and always the same."
    return [
        table,
        "",
        ...wrap(costs(studies), style.width),
        ...wrap(note, style.width).map(line => c.dim(line)),
    ].join("\n")
}

/** Where saving bytes costs board time, and how much. */
function costs(studies: readonly Study[]): string {
    const above = (way: "byHand" | "structure") =>
        studies
            .map(({ lesson, work }) => ({
                name: lesson.name,
                ratio: ratio(work[way]?.boardTimeMs ?? 0, work.wasteful.boardTimeMs) ?? 0,
            }))
            .filter(({ ratio }) => ratio > COSTS)
            .sort((a, b) => b.ratio - a.ratio)
            .map(({ name, ratio }) => `${name} ${formatRatio(ratio)}`)
            .join(", ") || "none"
    return `Saving bytes by hand costs board time in: ${above("byHand")}. With the structure, in: ${above("structure")}.`
}

/** Breaks a line of code at spaces; what goes on is indented more. */
function wrapCode(line: string, width: number): string[] {
    if (line.length <= width) return [line]
    const margin = " ".repeat(line.length - line.trimStart().length)
    const [first, ...rest] = wrap(line, Math.max(1, width - margin.length - 8))
    return [margin + first, ...rest.map(part => `${margin}        ${part}`)]
}

function renderFigures({ work, speed }: Study, boardId: string, style: Style): string {
    const { colors: c } = style
    const ways = waysOf(work)
    const cells = (of: (way: Way) => number, format: (value: number) => string) =>
        ways.map(way => {
            const share =
                way === "wasteful" ? "" : ` ${colorRatio(ratio(of(way), of("wasteful")), style)}`
            return format(of(way)) + share
        })
    const rows = FIGURES.map(({ figure, words, format }) => [
        words,
        ...cells(way => work[way]![figure], format),
    ])
    if (speed) rows.push(["time here *", ...cells(way => speed.ms[way]!, formatMs)])
    const table = renderTable(
        [
            { title: `On ${boardId}`, align: "left" },
            ...ways.map(way => ({ title: WAY_WORDS[way], align: "right" as const })),
        ],
        rows,
        style,
    )
    if (!speed) return table
    const medians = Object.values(speed.medianRatio as Record<string, number>)
    const note =
        `* the VM on this machine, collections included: the best of ${speed.rounds} rounds of all in turn ` +
        `(median of the rounds' ratios: ${medians.map(formatRatio).join(", ")})`
    return [table, ...wrap(note, style.width).map(line => c.dim(line))].join("\n")
}

/** What the technique brings and what it costs the board, in a sentence. This machine's time is noise. */
function conclusion({ lesson, work }: Study): string {
    const { figure, words } = SAVINGS[lesson.saves[0]!]
    const time = (better: Work) =>
        `in ${formatRatio(ratio(better.boardTimeMs, work.wasteful.boardTimeMs))} the board time`
    const { wasteful, byHand, structure } = work
    const brings = `${formatBytes(wasteful[figure])} ${words} become ${formatBytes(byHand[figure])} by hand, ${time(byHand)}`
    if (!structure) return `${brings}.`
    return `${brings}; ${formatBytes(structure[figure])} with the structure, ${time(structure)}.`
}

/** What the structure takes more than the code by hand. */
function priceOf({ lesson, work: { byHand, structure } }: Study): string {
    const { figure, words } = SAVINGS[lesson.saves[0]!]
    const more = (name: keyof Work, format: (value: number) => string) => {
        const difference = structure![name] - byHand[name]
        return difference < 0 ? `${format(-difference)} less` : `${format(difference)} more`
    }
    return `What it costs beside the code by hand: ${more(figure, formatBytesExact)} ${words}, ${more("boardTimeMs", formatDuration)} board time, ${more("bytecodeBytes", formatBytesExact)} in flash.`
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
