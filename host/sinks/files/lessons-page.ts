import { LESSON_SECTIONS, type Lesson } from "../../tasks/lesson/catalogue"

/** The brief's points that are no technique, and the command that is there for each. */
const PRACTICE: readonly [point: string, command: string][] = [
    ["Profile first: where the memory goes", "`profile`, `snapshot`"],
    [
        "Measure bytes and execution time",
        "`sim`, `compare`, `lesson`: board time stands beside bytes",
    ],
    ["Test with realistic volumes", "`sim` with `--scenario` and `--worst`; `--sweep`"],
    ["Verify that a change is better", "`compare`"],
    ["Apply a technique only where it solves a problem", "`sim` with `--advice`"],
    ["Keep it that way", "`check`"],
    ["Monitor in production", "`watch`"],
]

/**
 * The page beside the lessons: the brief's points and where each is, made from the lessons themselves.
 * Markdown.
 */
export function lessonsPage(lessons: readonly Lesson[]): string {
    const sections = Object.keys(LESSON_SECTIONS).map(section => {
        const rows = lessons.filter(lesson => lesson.section === section).flatMap(rowsOf)
        const title = section.slice(0, 1).toUpperCase() + section.slice(1)
        return `## ${title}\n\n${table(["the brief's point", "lesson", "programs", "read on"], rows)}`
    })
    return [
        "# The lessons",
        "Each folder is a technique: `wasteful.ts`, the ordinary way; `by-hand.ts`, the best plain code for the same; `structure.ts`, the same with a structure of the library, where writing it by hand is not the lesson. `npx heapscope lesson <name>` runs them now. What they were measured at: [the strategy table](../README.md#the-lessons).",
        "This page is made from the lessons by `npm run docs`.",
        ...sections,
        `## What is no technique\n\n${table(["the brief's point", "command"], PRACTICE)}`,
    ]
        .join("\n\n")
        .concat("\n")
}

function rowsOf({ name, title, brief, programs, links }: Lesson): string[][] {
    const files = [
        "wasteful",
        "by-hand",
        ...(programs.structure === undefined ? [] : ["structure"]),
    ]
    const last = [
        `[${title}](${name})`,
        files.map(file => `[${file}](${name}/${file}.ts)`).join(", "),
        links.map(link => `[${link.title}](${link.url})`).join("; "),
    ]
    return brief.map((point, i) => [point, ...(i === 0 ? last : [`[${title}](${name})`, "", ""])])
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
    return [
        "<!-- prettier-ignore -->",
        ...[line(head), line(head.map(() => "---")), ...rows.map(line)],
    ].join("\n")
}
