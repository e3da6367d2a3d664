import { pathToFileURL } from "node:url"
import type { Diagnostic, Range } from "vscode-languageserver"
import { sanitize } from "../base/sanitize"
import type { Problem } from "../documents/editor/last-run"
import { lineNow } from "./moved-lines"

/** Numbers of the protocol. */
const SEVERITY = { error: 1, warning: 2 } as const

/**
 * What the last check says of a file. A line that has been changed since is being mended: it has none.
 * @param text as it is now: lines may have moved
 */
export function diagnosticsOf(problems: readonly Problem[], text: string): Diagnostic[] {
    const lines = text.split(/\r?\n/)
    return problems.flatMap(problem => {
        const line = lineNow(lines, problem)
        if (line === undefined) return []
        const written = lines[line] ?? ""
        const start = written.length - written.trimStart().length
        return [
            {
                range: {
                    start: { line, character: start },
                    end: { line, character: Math.max(start, written.trimEnd().length) },
                },
                ...{ severity: SEVERITY[problem.level], source: "heapscope", code: problem.code },
                message: sanitize(`${problem.message} (${problem.of})`),
                relatedInformation: problem.others.map(other => ({
                    location: {
                        uri: pathToFileURL(other.file).href,
                        range: lineRange(other.line - 1),
                    },
                    message: sanitize(other.message),
                })),
            },
        ]
    })
}

function lineRange(line: number): Range {
    return { start: { line, character: 0 }, end: { line, character: 0 } }
}
