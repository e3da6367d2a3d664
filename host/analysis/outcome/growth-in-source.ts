import type { StackFrame } from "../../model/figures"
import { around, offsetOf, withoutTexts, type Around } from "../../model/program/source-structure"

/** The text of a file of the program, by the name that frames give it. */
export type SourceOf = (file: string) => string | undefined

/**
 * How often a line runs, as the source says:
 * `endless`: in a loop without end, or in what a timer or a subscription calls;
 * `bounded`: in loops that end by themselves, of code that runs once;
 * `unknown`: in a function that anything may call.
 */
export type Repetition = "endless" | "bounded" | "unknown"

/** The function that the statements of a program outside of any function are in. */
const MAIN = "main"

/** How often the innermost of these frames runs; `isWhole` says that the outermost is where it all began. */
export function repetitionOf(
    stack: readonly StackFrame[],
    sourceOf: SourceOf,
    isWhole: boolean,
): Repetition {
    for (const frame of stack) {
        const source = sourceOf(frame.file)
        if (source === undefined) continue
        const places = aroundFrame(frame, source)
        if (places.some(({ kind }) => kind === "endless" || kind === "callback")) return "endless"
    }
    const outermost = stack.at(-1)
    if (outermost?.function === MAIN) return "bounded"
    // What begins in no main was started by a timer, an event, or by hand.
    return isWhole && outermost ? "endless" : "unknown"
}

/** What in the source may end the growth of a container. */
export interface Limit {
    kind: "removes" | "condition"
    line: number
}

/**
 * Whether the source takes anything out of a container, or asks how much is in it, or fills it only
 * under a condition that may come to an end. Without aliases: what is taken out by another name is not
 * seen, and what only looks like it is.
 */
export function limitOf(
    container: string,
    filledAt: StackFrame | undefined,
    sourceOf: SourceOf,
): Limit | undefined {
    const source = filledAt && sourceOf(filledAt.file)
    if (!source) return undefined
    const [name] = /[\w$]+(?=[^\w$]*$)/.exec(container.replace(/\[(key|keys)?\]|…/g, "")) ?? []
    if (!name) return undefined
    const text = withoutTexts(source)
    const id = `(?<![\\w$])${name.replaceAll("$", "\\$")}`
    const removes = [
        `${id}\\s*\\.\\s*(shift|pop|splice|clear|delete|remove|reset)\\s*\\(`,
        `delete\\s+[\\w.]*${id}\\s*[\\[.]`,
        `${id}\\s*\\[[^\\]]*%[^\\]]*\\]\\s*=`,
        `(?<!(const|let|var)\\s+)(?<=^\\s*|[;{}]\\s*|\\.)${id}\\s*=\\s*(\\[\\s*\\]|\\{\\s*\\}|new\\s|undefined|null|[\\w.]*\\.(slice|filter)\\()`,
        `${id}\\s*\\.\\s*length\\s*(=(?!=)|<|>|%)`,
        `[<>]=?\\s*[\\w.]*${id}\\s*\\.\\s*length`,
    ]
    for (const pattern of removes) {
        const at = new RegExp(pattern, "m").exec(text)?.index
        if (at !== undefined) return { kind: "removes", line: lineAt(source, at) }
    }
    const condition = aroundFrame(filledAt, source).find(
        one => one.kind === "condition" && /[<>!]|\bin\b|\.has\(|undefined|null/.test(one.header),
    )
    return condition && { kind: "condition", line: filledAt.line }
}

/** What is around a frame's place. */
export function aroundFrame({ line, column }: StackFrame, source: string): Around[] {
    return around(source, offsetOf(source, line, column))
}

function lineAt(source: string, offset: number): number {
    return source.slice(0, offset).split("\n").length
}
