import { existsSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { Option, type Command } from "commander"
import { asSimulator, type Board } from "../boards/board"
import { findBoard, loadBoardFile } from "../boards/node/find-board"
import { packageRoot } from "../base/node/package-root"
import { boardOfProgram, importedBoard } from "../compiler/node/imported-board"
import { UserError } from "../base/errors"
import { formatBytesExact } from "../base/format-units"
import { parseDuration, parseSize } from "../base/parse-units"
import { WORLD_MODES, type WorldMode } from "../documents/world-report"
import { loadWorldLibraries } from "../simulator/node/load-world-libraries"
import { makeWorld } from "../simulator/world/world"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../model/heap/heap-memory"

/** The flags of every command that simulates: what the board is. */
export interface BoardFlags {
    board?: string
    isSimulator?: boolean
    heap?: string
    seed: string
    world?: string
}

/** The flags of every command that reports a whole run. */
export interface RunFlags extends BoardFlags {
    for: string
    sample?: string
    untilText?: string
    failText?: string
    timeout?: string
}

/** The board of a program that was written for none. */
const DEFAULT_BOARD = "pico"
/** Least distance of two samples: the VM's clock counts milliseconds. */
const MIN_SAMPLE_MS = 1
const MAX_SAMPLES = 1_000_000

const DEFAULT_WORLD = "made-up"

export function addBoardOptions(command: Command): Command {
    return command
        .option(
            "--board <id>",
            "the board to be: an id of `heapscope boards`, or a *.board.json file (default: the one whose @dsboard the program imports, else pico)",
        )
        .option("--is-simulator", "let isSimulator() be true, as on the official simulator")
        .option("--heap <size>", "impose a heap of this size instead of the board's, up to 64KiB")
        .option("--seed <number>", "seed of all randomness on the board and in its world", "1")
        .option(
            "--world <mode>",
            "what the board is connected to: made-up (whoever is asked answers), strict (a network with nobody on it) or none",
            DEFAULT_WORLD,
        )
}

export function addRunOptions(command: Command): Command {
    return addBoardOptions(command)
        .option("--for <duration>", "simulated time to run: 250ms, 10s, 5m, 24h", "10s")
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

/** The program a board is to run, and where to tell that it was written for another. */
export interface ForProgram {
    entry: string | undefined
    stderr: Pick<NodeJS.WriteStream, "write">
}

/** The board, the seed and the world. @throws UserError naming the flag */
export function readBoardFlags(flags: BoardFlags, cwd: string, forProgram?: ForProgram) {
    const mode = readWorld(flags.world ?? DEFAULT_WORLD)
    return {
        board: readBoard(flags, cwd, forProgram),
        seed: readSeed(flags.seed),
        makeWorld: (seed: number) => makeWorld({ mode, seed, libraries: loadWorldLibraries() }),
    }
}

/** A time longer than none, in milliseconds. @throws UserError naming the flag */
export function readTime(name: string, text: string): number {
    const ms = flag(name, () => parseDuration(text))
    if (ms <= 0) throw new UserError("E_VALUE", `${name} 0 runs nothing: give it a longer time.`)
    return ms
}

/** Rows of a table. @throws UserError when it is no number of them */
export function readTop(text: string): number {
    if (!/^[1-9]\d{0,5}$/.test(text))
        throw new UserError("E_VALUE", `--top ${text} is not a number of rows: take 1 to 999999.`)
    return Number(text)
}

/** A text to look for in the log. @throws UserError naming the flag when it is empty */
export function notEmpty(name: string, text: string): string {
    if (text === "")
        throw new UserError("E_VALUE", `${name} is empty: every log line holds the empty text.`)
    return text
}

/** The flags, checked and as numbers. @throws UserError naming the flag */
export function readRunFlags(flags: RunFlags, cwd: string, forProgram?: ForProgram) {
    const forMs = readTime("--for", flags.for)
    const sampleMs =
        flags.sample === undefined
            ? undefined
            : flag("--sample", () => parseDuration(flags.sample!))
    if (sampleMs !== undefined && sampleMs < MIN_SAMPLE_MS)
        throw new UserError("E_VALUE", `--sample ${flags.sample} is too short: 1ms is the least.`)
    if (sampleMs !== undefined && forMs / sampleMs > MAX_SAMPLES)
        throw new UserError(
            "E_VALUE",
            `--sample ${flags.sample} over --for ${flags.for} makes more than ${MAX_SAMPLES.toLocaleString("en-US")} samples: take a longer --sample.`,
        )
    const timeoutMs = flags.timeout === undefined ? undefined : readTime("--timeout", flags.timeout)
    return {
        ...readBoardFlags(flags, cwd, forProgram),
        forMs,
        ...(sampleMs !== undefined && { sampleMs }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(flags.untilText !== undefined && {
            untilText: notEmpty("--until-text", flags.untilText),
        }),
        ...(flags.failText !== undefined && { failText: notEmpty("--fail-text", flags.failText) }),
    }
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

function readBoard(flags: BoardFlags, cwd: string, forProgram?: ForProgram): Board {
    const named = chooseBoard(flags, cwd, forProgram)
    const board = flags.isSimulator ? asSimulator(named) : named
    if (flags.heap === undefined) return board
    const heapBytes = flag("--heap", () => parseSize(flags.heap!))
    if (heapBytes < MIN_HEAP_BYTES || heapBytes > MAX_HEAP_BYTES)
        throw new UserError(
            "E_VALUE",
            `--heap ${flags.heap} is out of range: the VM takes ${formatBytesExact(MIN_HEAP_BYTES)} to ${formatBytesExact(MAX_HEAP_BYTES)} (64KiB).`,
        )
    return { ...board, heapBytes }
}

function readWorld(text: string): WorldMode {
    const mode = WORLD_MODES.find(known => known === text)
    if (!mode)
        throw new UserError("E_VALUE", `--world ${text} is none of ${WORLD_MODES.join(", ")}.`)
    return mode
}

function chooseBoard(flags: BoardFlags, cwd: string, forProgram?: ForProgram): Board {
    const entry = forProgram && (forProgram.entry ?? defaultEntry(cwd))
    const imported = entry === undefined ? undefined : importedBoard(entry, cwd)
    if (flags.board === undefined) {
        if (imported === undefined) return findBoard(DEFAULT_BOARD)
        const board = boardOfProgram(imported, entry!, cwd)
        if (board) return board
        forProgram!.stderr.write(
            `heapscope: ${entry} is written for the board ${imported} (it imports @dsboard/${imported}), which heapscope does not know: it runs on ${DEFAULT_BOARD} here. Name its *.board.json file, or a board like it, with --board.\n`,
        )
        return findBoard(DEFAULT_BOARD)
    }
    const board = flags.board.endsWith(".json")
        ? loadBoardFile(resolve(cwd, flags.board))
        : findBoard(flags.board)
    if (imported !== undefined && imported !== board.id)
        forProgram!.stderr.write(
            `heapscope: ${entry} is written for the board ${imported} (it imports @dsboard/${imported}) and runs on ${board.id} here: a pin that only ${imported} has is missing.\n`,
        )
    return board
}

function readSeed(text: string): number {
    const seed = Number(text)
    if (!/^\d{1,10}$/.test(text) || seed > 0xffffffff)
        throw new UserError("E_VALUE", `--seed ${text} is not a whole number from 0 to 4294967295.`)
    return seed
}

/** Puts the flag's name before the message of what reads its value. */
function flag<T>(name: string, read: () => T): T {
    try {
        return read()
    } catch (error) {
        if (error instanceof UserError) throw new UserError(error.code, `${name}: ${error.message}`)
        throw error
    }
}
