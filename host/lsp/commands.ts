import { existsSync } from "node:fs"
import { join, relative } from "node:path"
import type { Connection } from "vscode-languageserver"
import { withSlashes } from "../base/node/with-slashes"
import type { Project, Projects } from "./projects"
import { runCommand } from "./run-command"
import type { EditorSettings } from "./settings"
import { pathOf } from "./sources"

/** Profiles the program of a file's project. Its argument is the file's URI; without one, any project that is open. */
export const PROFILE_COMMAND = "heapscope.profile"
/** Checks that project as its configuration says. */
export const CHECK_COMMAND = "heapscope.check"

const MAIN_FILES = ["src/main.ts", "main.ts"]

/** What an editor may ask to be done: what comes of it, it is told as it is of every last run. */
export class EditorCommands {
    /** The editor shows how far something is, and can end it. */
    showsProgress = false
    private readonly running = new AbortController()

    constructor(
        private readonly connection: Connection,
        private readonly projects: Projects,
    ) {}

    /** Ends all that runs. */
    stop(): void {
        this.running.abort()
    }

    async execute(command: string, uri: unknown, set: EditorSettings): Promise<null> {
        const { window } = this.connection
        const path = typeof uri === "string" ? pathOf(uri) : undefined
        const project = path === undefined ? this.projects.any() : this.projects.of(path)
        if (!project) {
            window.showWarningMessage(
                "heapscope: no file of a DeviceScript project is open: of a folder with a devsconfig.json.",
            )
            return null
        }
        const args =
            command === PROFILE_COMMAND
                ? ["profile", entryOf(project, path), "--quiet", ...runFlags(set)]
                : ["check", "--quiet"]
        const title = `heapscope ${args.slice(0, args.indexOf("--quiet")).join(" ")}`
        const stop = new AbortController()
        const progress = this.showsProgress ? await window.createWorkDoneProgress() : undefined
        progress?.begin(title, undefined, undefined, true)
        progress?.token.onCancellationRequested(() => stop.abort())
        const signal = AbortSignal.any([stop.signal, this.running.signal])
        const wrong = await runCommand(args, project.folder, signal)
        progress?.done()
        if (wrong !== undefined) window.showErrorMessage(`${title}: ${wrong}`)
        return null
    }
}

function runFlags({ board, for: time }: EditorSettings): string[] {
    return [
        ...(board === undefined ? [] : ["--board", board]),
        ...(time === undefined ? [] : ["--for", time]),
    ]
}

/** The program that was profiled last; else the project's; else the file that somebody looks at. */
function entryOf({ folder, last }: Project, path: string | undefined): string {
    const known = last.profile?.entry
    if (known !== undefined && existsSync(join(folder, known))) return known
    const main = MAIN_FILES.find(file => existsSync(join(folder, file)))
    return main ?? (path === undefined ? MAIN_FILES[0]! : withSlashes(relative(folder, path)))
}
