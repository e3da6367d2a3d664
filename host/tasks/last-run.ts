import { createHash } from "node:crypto"
import { relative, resolve } from "node:path"
import { readText } from "../base/node/read-file"
import { withSlashes } from "../base/node/with-slashes"
import { findProject, resolveEntry } from "../compiler/node/project"
import { UserCache } from "../compiler/node/user-cache"
import type { Check, CheckFailure, CheckReport } from "../documents/check/report"
import type { LastCheck, LastProfile, Problem } from "../documents/editor/last-run"
import type { ProfileReport } from "../documents/profile-report"
import { ranMs } from "../documents/sim-report"

/** What is kept of each project. */
export interface LastRuns {
    profile: LastProfile
    check: LastCheck
}

/** Lines that an editor is told of; nobody looks at more. */
const MAX_LINES = 5_000

/**
 * Keeps what a profile found, for the editor of whoever made it. It may fail: nothing depends on it.
 * @param cwd where the profile's names of files start
 */
export function keepLastProfile(profile: ProfileReport, cwd: string): void {
    const project = projectOf(profile.program.entry, cwd)
    if (project === undefined) return
    const { bytes, allocations, liveBytes } = profile.total
    const textOf = lineReader()
    const kept: LastProfile = {
        schema: "heapscope/last-profile@1",
        entry: withSlashes(relative(project, resolve(cwd, profile.program.entry))),
        board: { id: profile.board.id },
        ...{ ranMs: ranMs(profile), atMs: Date.now(), total: { bytes, allocations, liveBytes } },
        lines: profile.lines
            .filter(({ library, own }) => !library && own.allocations > 0)
            .slice(0, MAX_LINES)
            .flatMap(({ file, line, own: { bytes, allocations, liveBytes } }) => {
                if (file === undefined || line === undefined) return []
                const path = resolve(cwd, file)
                const text = textOf(path, line)
                return [{ file: path, line, text, bytes, allocations, liveBytes }]
            }),
    }
    keep(project, "profile", kept)
}

/** The same of a check, for each project that a program of it is in. */
export function keepLastCheck(report: CheckReport, cwd: string): void {
    const projects = new Map<string, Problem[]>()
    const textOf = lineReader()
    for (const check of report.checks) {
        const project = projectOf(check.report.program.entry, cwd)
        if (project === undefined) continue
        const problems = projects.get(project) ?? []
        projects.set(project, problems)
        problems.push(...problemsOf(check, cwd, textOf))
    }
    for (const [project, problems] of projects)
        keep(project, "check", { schema: "heapscope/last-check@1", atMs: Date.now(), problems })
}

/** What is kept of a project, if anything. */
export function lastRun<K extends keyof LastRuns>(
    project: string,
    kind: K,
): LastRuns[K] | undefined {
    const bytes = UserCache.open()?.read(nameOf(project, kind))
    if (!bytes) return undefined
    const run = JSON.parse(bytes.toString()) as LastRuns[K]
    return run.schema === `heapscope/last-${kind}@1` ? run : undefined
}

/** Folder and name of the file that changes with it; undefined where nothing can be kept. */
export function lastRunFile(project: string, kind: keyof LastRuns) {
    const cache = UserCache.open()
    return cache && { folder: cache.pathOf(""), name: nameOf(project, kind) }
}

function keep<K extends keyof LastRuns>(project: string, kind: K, run: LastRuns[K]): void {
    UserCache.open()?.write(nameOf(project, kind), Buffer.from(JSON.stringify(run)))
}

function nameOf(project: string, kind: keyof LastRuns): string {
    const hash = createHash("sha256").update(resolve(project)).digest("hex").slice(0, 32)
    return `last-${kind}-${hash}.json`
}

/** The folder of a program's project: none of one that is bytecode, or has none. */
function projectOf(entry: string, cwd: string): string | undefined {
    try {
        return findProject(resolveEntry(entry, cwd))
    } catch {
        return undefined
    }
}

/** What is wrong or warned of, at the line with the largest part in it; at the program's first where none has. */
function problemsOf(
    { failures, warnings, report }: Check,
    cwd: string,
    textOf: (file: string, line: number) => string,
): Problem[] {
    const of = `${report.program.entry} on ${report.board.id}`
    const placeOf = ({ file: name, line }: { file: string; line: number }) => {
        const file = resolve(cwd, name)
        return { file, line, text: textOf(file, line) }
    }
    const at = ({ kind, figure, message, places = [] }: CheckFailure, level: Problem["level"]) => {
        const first = places[0] ?? { file: report.program.entry, line: 1, message: "" }
        const isMore = first.message !== "" && first.message !== message
        return {
            ...placeOf(first),
            ...{ level, of, code: figure ?? kind },
            message: isMore ? `${message}: ${first.message}` : message,
            others: places.slice(1).map(other => ({ ...placeOf(other), message: other.message })),
        }
    }
    return [
        ...failures.map(failure => at(failure, "error")),
        ...warnings.map(warning => at(warning, "warning")),
    ]
}

/** Reads each file once. */
function lineReader(): (file: string, line: number) => string {
    const files = new Map<string, string[]>()
    return (file, line) => {
        let lines = files.get(file)
        if (!lines) {
            try {
                lines = readText(file).split("\n")
            } catch {
                lines = []
            }
            files.set(file, lines)
        }
        return lines[line - 1]?.trim() ?? ""
    }
}
