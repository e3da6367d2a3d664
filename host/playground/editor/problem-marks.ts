import { setDiagnostics, type Diagnostic } from "@codemirror/lint"
import type { EditorState, Text, TransactionSpec } from "@codemirror/state"

/** Something that is wrong with a file. */
export interface Problem {
    file: string
    /** From 1. */
    line: number
    /** From 1; of the whole line where there is none. */
    column?: number
    /** Characters; up to the end of the name that begins there where there is none. */
    length?: number
    text: string
}

/** Marks the problems of a file in its text, in place of those that are marked. */
export function markProblems(state: EditorState, problems: readonly Problem[]): TransactionSpec {
    return setDiagnostics(
        state,
        problems.map(problem => diagnosticOf(problem, state.doc)),
    )
}

/** What the compiler names may be gone from the text by now: such a problem is at the nearest place. */
function diagnosticOf(problem: Problem, doc: Text): Diagnostic {
    const line = doc.line(Math.min(Math.max(1, problem.line), doc.lines))
    const said = { severity: "error", message: problem.text } as const
    const start = /\S/.exec(line.text)?.index ?? 0
    if (problem.column === undefined) return { ...said, from: line.from + start, to: line.to }
    const at = Math.min(Math.max(0, problem.column - 1), line.length)
    const [name = ""] = /^[\w$]+/.exec(line.text.slice(at)) ?? []
    const from = line.from + at
    return { ...said, from, to: Math.min(from + (problem.length ?? name.length), doc.length) }
}
