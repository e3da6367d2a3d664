import type { ConsoleOutput } from "./console-output"

/** What a command may touch of the world outside: given by `cli.ts`, replaced in tests. */
export interface CommandContext {
    /** Where relative paths start. */
    cwd: string
    /** What the code that runs is known by, as built: what the same code found of the same may be kept. */
    codeId?: string | undefined
    /** Only what is kept is asked for: a command throws when it would have to find it out. */
    onlyKept?: boolean
    /** The result: the document with `--json`, the report otherwise. */
    stdout: ConsoleOutput
    /** Everything else: progress, warnings, what to do next. */
    stderr: ConsoleOutput
    /** Aborted at Ctrl-C. To take it is to promise to end then: who does not is ended by the system. */
    signal: AbortSignal
    /** What it has to put in order when it is told to end may take so many milliseconds, not the usual one second. */
    endsWithin?(ms: number): void
}

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Runs a command's work, turning what it throws into a message and an exit code. */
export type Act = (task: (context: CommandContext) => Promise<ExitCode>) => Promise<void>
