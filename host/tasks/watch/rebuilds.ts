import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { FileWatch } from "../../base/node/watch-files"
import { buildProgram } from "../../compiler/node/build"
import { keepCompilerLoaded } from "../../compiler/node/compile"
import { CompileError } from "../../compiler/node/compile-error"
import type { BuildEvent } from "../../model/events"
import type { Program } from "../../model/program/program"

/** Editors write in several steps, and people save several files at once. Milliseconds. */
const SETTLE_MS = 20
/** Sources that are shown with what is wrong in them. */
const MAX_SOURCES = 5
/** The longest of them, in characters. */
const MAX_SOURCE = 100_000
/** What a program is made of. */
const OF_PROGRAM = /\.(tsx?|jsx?|json)$|^\.env/

/** What came of a change of a program's files. */
export type Rebuilt =
    | { program: Program }
    | ({ failure: string } & Pick<BuildEvent, "problems" | "sources">)

/** Builds a program anew whenever one of its files is saved. */
export class Rebuilds {
    private readonly files = new FileWatch((_, file) => {
        if (file === null || OF_PROGRAM.test(file)) this.changed()
    })
    private timer: NodeJS.Timeout | undefined
    private readonly closed = new AbortController()
    private isBuilding = false
    /** Something has changed since the last build began. */
    private isStale = false
    private news: Rebuilt | undefined
    private hasFailed = false

    /** @param entry as the user named it */
    constructor(
        private current: Program,
        private readonly entry: string,
        private readonly cwd: string,
    ) {
        keepCompilerLoaded()
        this.follow(current)
    }

    /** Called when there is something to take. */
    onNews: () => void = () => undefined

    /** What came of the last change, once. */
    take(): Rebuilt | undefined {
        const { news } = this
        this.news = undefined
        return news
    }

    get hasNews(): boolean {
        return this.news !== undefined
    }

    /** Compiles once for nothing, so that the compiler is there when something is saved. */
    async warmUp(): Promise<void> {
        if (this.closed.signal.aborted) return
        const { cwd } = this
        await buildProgram(this.entry, { cwd, instead: {} }).catch(() => undefined)
    }

    close(): void {
        clearTimeout(this.timer)
        this.closed.abort()
        this.files.close()
    }

    private changed(): void {
        clearTimeout(this.timer)
        this.timer = setTimeout(() => {
            this.isStale = true
            // A compile is not broken off: the compiler would have to be loaded again.
            if (!this.isBuilding) void this.build()
        }, SETTLE_MS)
    }

    private async build(): Promise<void> {
        this.isBuilding = true
        while (this.isStale) {
            this.isStale = false
            const rebuilt = await this.rebuild()
            if (this.closed.signal.aborted) return
            if (!this.isStale) this.tell(rebuilt)
        }
        this.isBuilding = false
    }

    /** @returns undefined for what runs already */
    private async rebuild(): Promise<Rebuilt | undefined> {
        const { cwd } = this
        const { signal } = this.closed
        try {
            const program = await buildProgram(this.entry, { cwd, signal, isDraft: true })
            this.follow(program)
            return isSame(program, this.current) ? undefined : { program }
        } catch (error) {
            if (signal.aborted || error instanceof UserError) return this.failureOf(error as Error)
            throw error
        }
    }

    private failureOf(error: Error): Rebuilt {
        const problems = error instanceof CompileError ? [...error.problems] : []
        const files = [...new Set(problems.map(({ file }) => file))].slice(0, MAX_SOURCES)
        const sources = files.flatMap(file => {
            const text = readIfThere(resolve(this.cwd, file))
            return text === undefined || text.length > MAX_SOURCE ? [] : [{ file, text }]
        })
        return { failure: error.message, problems, sources }
    }

    /** @param rebuilt undefined when it is what runs already, which is news to whoever heard of a failure */
    private tell(rebuilt: Rebuilt | undefined): void {
        const wasFailed = this.hasFailed
        this.hasFailed = rebuilt !== undefined && "failure" in rebuilt
        if (!rebuilt && !wasFailed) return
        if (rebuilt && "program" in rebuilt) this.current = rebuilt.program
        this.news = rebuilt ?? { failure: "", problems: [], sources: [] }
        this.onNews()
    }

    /** Watches where the program's own sources are. */
    private follow({ debug, sourceFolder }: Program): void {
        const project = resolve(this.cwd, sourceFolder)
        const sources = (debug?.sources ?? [])
            .map(({ path }) => resolve(project, path))
            .filter(path => !/[\\/]node_modules[\\/]/.test(path))
        this.files.watch([project, ...sources.map(path => dirname(path))])
    }
}

function readIfThere(path: string): string | undefined {
    try {
        return readFileSync(path, "utf8")
    } catch {
        return undefined
    }
}

function isSame(a: Program, b: Program): boolean {
    const settings = ({ settings }: Program) =>
        JSON.stringify([...settings].map(([name, value]) => [name, [...value]]))
    return Buffer.compare(a.bytecode, b.bytecode) === 0 && settings(a) === settings(b)
}
