import { existsSync } from "node:fs"
import { join, relative } from "node:path"
import { Option, type Command } from "commander"
import {
    DEFAULT_FOR,
    DEFAULT_WORLD,
    DEFAULT_WORLD_NETWORK,
    readBoardSettings,
    readRunSettings,
    type BoardSettings,
} from "../api/run-settings"
import type { LoadedScenario } from "../api/scenario/loaded-scenario"
import { packageRoot } from "../base/node/package-root"
import { UserError } from "../base/errors"
import { SCENARIO_OPTIONS } from "./scenario/scenario-flag"
import type { ReportKind } from "../sinks/report-kind"

/** The flags of every command that simulates: what the board is. */
export interface BoardFlags {
    board?: string
    isSimulator?: boolean
    heap?: string
    seed: string
    world?: string
    worldNetwork?: string
    /** The file, until `withScenario` has read it. */
    scenario?: string | LoadedScenario
    trustConfig?: boolean
}

/** The flags of every command that reports a whole run. */
export interface RunFlags extends BoardFlags {
    for: string
    sample?: string
    untilText?: string
    failText?: string
    timeout?: string
}

export function addBoardOptions(command: Command): Command {
    return addSurroundings(
        command.option(
            "--board <id>",
            "the board to be: an id of `heapscope boards`, or a *.board.json file (default: the one that the program imports as @dsboard, else pico, or one that has what the program uses)",
        ),
    )
}

/** What else there is to say of any simulated board. */
export function addSurroundings(command: Command): Command {
    return addWorldOptions(
        command
            .option("--is-simulator", "let isSimulator() be true, as on the official simulator")
            .option(
                "--heap <size>",
                "impose a heap of this size instead of the board's, up to 64KiB",
            ),
    )
}

/** What is around a board, whichever it is. */
export function addWorldOptions(command: Command): Command {
    return command
        .option("--seed <number>", "seed of all randomness on the board and in its world", "1")
        .option(
            "--world <mode>",
            "what the board is connected to: made-up (whoever is asked answers), strict (nobody is there: no device for a role, empty buses, a network without hosts) or none",
            DEFAULT_WORLD,
        )
        .option(
            "--world-network <kind>",
            "made-up, or real: what the program sends leaves this machine, and time passes no faster than it answers",
            DEFAULT_WORLD_NETWORK,
        )
        .option(...SCENARIO_OPTIONS[0])
        .option(...SCENARIO_OPTIONS[1])
}

export function addRunOptions(command: Command): Command {
    return addBoardOptions(command)
        .option("--for <duration>", "simulated time to run: 250ms, 10s, 5m, 24h", DEFAULT_FOR)
        .option(
            "--sample <duration>",
            "simulated time between samples (default: 100ms, or a ten-thousandth of a longer run)",
        )
        .addOption(
            new Option(
                "--until-text <text>",
                "end well as soon as a log line holds this text; exit 1 if none does",
            ),
        )
        .addOption(
            new Option(
                "--fail-text <text>",
                "end with exit code 1 as soon as a log line holds this text",
            ),
        )
        .option("--timeout <duration>", "end with exit code 1 after this much real time")
}

/** What advice is to reach: of one, only what that takes is advised. */
export function addAimOptions(command: Command): Command {
    return command
        .option(
            "--until <board>",
            "advise the simplest changes with which it fits on this board with a tenth to spare, and no more (runs on it with 64 KiB of heap unless --board says otherwise)",
        )
        .option("--max-live <size>", "the same, for so much live at once: 20kB")
        .option("--headroom <share>", "the same, for so much of the heap never live: 25%")
        .option("--fragmentation <share>", "advise what may bring it down to this: 0.2")
}

/** The flags of all files that a report can be written to. */
export function addFileOptions(
    command: Command,
    kinds: readonly Pick<ReportKind<unknown>, "flag" | "text">[],
): Command {
    for (const { flag, text } of kinds) if (flag !== undefined) command.option(flag, text ?? "")
    return command
}

/** All that an option was given which may be given again, in order. */
export function givenAgain(text: string, before: readonly string[] = []): string[] {
    return [...before, text]
}

/** The program a board is to run, and where to tell that it was written for another. */
export interface ForProgram {
    entry: string | undefined
    stderr: Pick<NodeJS.WriteStream, "write">
}

/** What a setting is called on the command line: `--until-text`. */
export function flagName(setting: string): string {
    return `--${setting.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

/** Flags as the settings of a program would have them, and the entry they are for. */
export function asSettings<T extends BoardFlags>(flags: T, cwd: string, of?: ForProgram) {
    const onNotice = (text: string) => void of?.stderr.write(`heapscope: ${text}\n`)
    const entry = of && (of.entry ?? defaultEntry(cwd))
    const { scenario, ...others } = flags
    const loaded = typeof scenario === "object" && { scenario }
    const settings = { ...(others as Omit<T, "scenario">), ...loaded, cwd, onNotice }
    return { settings: settings as typeof settings & BoardSettings, entry }
}

/** The board, the seed and the world. @throws UserError naming the flag */
export function readBoardFlags(flags: BoardFlags, cwd: string, forProgram?: ForProgram) {
    const { settings, entry } = asSettings(flags, cwd, forProgram)
    return readBoardSettings(settings, entry, flagName)
}

/** The flags, checked and as numbers. @throws UserError naming the flag */
export function readRunFlags(flags: RunFlags, cwd: string, forProgram?: ForProgram) {
    const { settings, entry } = asSettings(flags, cwd, forProgram)
    return readRunSettings(settings, entry, flagName)
}

/** Rows of a table. @throws UserError when it is no number of them */
export function readTop(text: string): number {
    if (!/^[1-9]\d{0,5}$/.test(text))
        throw new UserError("E_VALUE", `--top ${text} is not a number of rows: take 1 to 999999.`)
    return Number(text)
}

/** Whether a folder is a DeviceScript project's. */
export function isProject(cwd: string): boolean {
    return existsSync(join(cwd, "devsconfig.json"))
}

/**
 * The program to run when none is named: the project's own if the command runs in one, else the order
 * station that comes with heapscope.
 */
export function defaultEntry(cwd: string): string {
    if (isProject(cwd)) return "src/main.ts"
    return relative(cwd, join(packageRoot(), "devs/station/main.ts"))
}
