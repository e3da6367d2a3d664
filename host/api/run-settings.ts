import { resolve } from "node:path"
import { isLongEnoughForLeaks } from "../analysis/leaks/sampling-times"
import { UserError } from "../base/errors"
import { formatBytesExact } from "../base/format-units"
import { named, parseDuration, parseSize } from "../base/parse-units"
import { asSimulator, type Board } from "../boards/board"
import { boardFor } from "../boards/board-needs"
import { allBoards, findBoard, loadBoardFile } from "../boards/node/find-board"
import { WORLD_MODES, type WorldMode } from "../documents/world-report"
import { boardOfProgram, writtenFor } from "../compiler/node/imported-board"
import { loadWorldLibraries } from "../simulator/node/load-world-libraries"
import { RealNetwork } from "../simulator/node/real-network"
import type { ArrivalQueue } from "../simulator/world/arrival-queue"
import type { Scenario } from "../simulator/scenario/scenario"
import { wantsOf } from "../simulator/world/program-wants"
import { makeWorld } from "../simulator/node/make-world"
import type { Program } from "../model/program/program"
import type { LoadedScenario } from "./scenario/loaded-scenario"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../model/heap/heap-memory"

/** A time, as text with its unit (`250ms`, `10s`, `5m`, `24h`) or in milliseconds. */
export type Duration = string | number

/** A size, as text (`1500`, `20kB`: 1,000 B each, `40KiB`: 1,024 B each) or in bytes. */
export type Size = string | number

/** Which board a program runs on. */
export interface BoardSettings {
    /** An id of `boards()`, a chip, the path of a *.board.json file, or a board. Default: the one the program imports as `@dsboard/...`, else one that has what it needs: `pico`, or a board with an I2C bus. */
    board?: string | Board
    /** Lets `isSimulator()` be true, as on the official simulator. */
    isSimulator?: boolean
    /** Imposes a heap of this size instead of the board's, up to 64 KiB. */
    heap?: Size
    /** Seed of all randomness on the board and in its world, 0 to 4294967295. Default: 1. */
    seed?: number | string
    /**
     * What the board is connected to: `made-up` (whoever is asked answers), `strict` (nobody is
     * there: no device for a role, empty buses, a network without hosts) or `none`. Default: `made-up`.
     */
    world?: WorldMode | (string & {})
    /**
     * Who answers on the network: the `made-up` world, or `real`: what the program sends leaves this
     * machine, and time passes no faster than that answers. Default: `made-up`.
     */
    worldNetwork?: "made-up" | "real" | (string & {})
    /**
     * What the board is connected to and what happens to it, as `loadScenario` has read it. What it says of
     * the time to run, the seed, the heap and the world is taken where nothing else is said of them.
     */
    scenario?: LoadedScenario
    /** Where relative paths start. Default: the process's working directory. */
    cwd?: string
    /** Told what is worth knowing before the run: that the program was written for another board. */
    onNotice?: (text: string) => void
}

/** What is known of a program before it is built: its entry, or what `build` made of it. */
export type Written = string | Pick<Program, "entry" | "board" | "needs">

/** How long it runs, and what ends it early. */
export interface RunSettings extends BoardSettings {
    /** Simulated time to run. Default: `10s`. */
    for?: Duration
    /** Simulated time between samples. Default: 100 ms, or a ten-thousandth of a longer run. */
    sample?: Duration
    /** Ends the run well as soon as a log line holds this text. */
    untilText?: string
    /** Ends the run as failed as soon as a log line holds this text. */
    failText?: string
    /** Ends the run as failed after this much real time. */
    timeout?: Duration
}

/** How a setting is called where it was made: `for`, or `--for`. */
export type NameOf = (setting: string) => string

export const DEFAULT_BOARD = "pico"
/** For a program that names no board and uses what the usual one lacks, before all others. */
const NEXT_BOARD = "adafruit_qt_py_c3"
export const DEFAULT_FOR = "10s"
/** To tell a leak: long enough for most caches to be full and most timers to have come round. */
export const LEAKS_FOR = "10m"
export const DEFAULT_WORLD = "made-up"
export const DEFAULT_WORLD_NETWORK = "made-up"
const REAL_NETWORK = "real"
const DEFAULT_SEED = 1
/** Least distance of two samples: the VM's clock counts milliseconds. */
const MIN_SAMPLE_MS = 1
const MAX_SAMPLES = 1_000_000

const asIs: NameOf = setting => setting

/**
 * The board, the seed and the world.
 * @param program that is to run: it may name its board itself
 * @throws UserError naming the setting
 */
export function readBoardSettings(
    given: BoardSettings,
    program?: Written,
    nameOf = asIs,
    forMs = Infinity,
) {
    const { said } = given.scenario ?? {}
    const settings = { ...definedOf(said, ["seed", "heap", "world"]), ...withoutUndefined(given) }
    const mode = readWorld(settings.world ?? DEFAULT_WORLD, nameOf)
    const isReal = readIsReal(settings.worldNetwork ?? DEFAULT_WORLD_NETWORK, mode, nameOf)
    const makeNetwork = (time: ArrivalQueue) => new RealNetwork(time)
    const board = readBoard(settings, program, nameOf)
    const scenario = readScenario(given.scenario, board, { mode, isReal, forMs }, nameOf)
    return {
        makeWorld: (seed: number, of: Program) => {
            given.scenario?.check(of.bytecode, board)
            return makeWorld({
                ...{ mode, seed, libraries: loadWorldLibraries(), wants: wantsOf(of) },
                ...(isReal && { makeNetwork }),
                ...(scenario && { plan: scenario.plan }),
            })
        },
        board,
        ...(scenario && { scenario }),
        seed: readSeed(settings.seed ?? DEFAULT_SEED, nameOf),
    }
}

/** All settings, checked and as numbers. @throws UserError naming the setting */
export function readRunSettings(settings: RunSettings, program?: Written, nameOf = asIs) {
    const { sample, timeout, untilText, failText } = settings
    const length = settings.for ?? settings.scenario?.said.for ?? DEFAULT_FOR
    const forMs = readTime(nameOf("for"), length)
    const sampleMs = sample === undefined ? undefined : readDuration(nameOf("sample"), sample)
    if (sampleMs !== undefined && sampleMs < MIN_SAMPLE_MS)
        throw new UserError(
            "E_VALUE",
            `${nameOf("sample")} ${sample} is too short: 1ms is the least.`,
        )
    if (sampleMs !== undefined && forMs / sampleMs > MAX_SAMPLES)
        throw new UserError(
            "E_VALUE",
            `${nameOf("sample")} ${sample} over ${nameOf("for")} ${length} makes more than ${MAX_SAMPLES.toLocaleString("en-US")} samples: take a longer ${nameOf("sample")}.`,
        )
    const timeoutMs = timeout === undefined ? undefined : readTime(nameOf("timeout"), timeout)
    return {
        ...readBoardSettings(settings, program, nameOf, forMs),
        forMs,
        ...(sampleMs !== undefined && { sampleMs }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(untilText !== undefined && { untilText: notEmpty(nameOf("untilText"), untilText) }),
        ...(failText !== undefined && { failText: notEmpty(nameOf("failText"), failText) }),
    }
}

/** A time longer than none, in milliseconds. @throws UserError naming the setting */
export function readTime(name: string, value: Duration): number {
    const ms = readDuration(name, value)
    if (ms <= 0) throw new UserError("E_VALUE", `${name} 0 runs nothing: give it a longer time.`)
    return ms
}

/** @throws UserError naming the setting for a run that is too short to tell a leak */
export function checkLongEnough(name: string, value: Duration, forMs: number): void {
    if (!isLongEnoughForLeaks(forMs))
        throw new UserError(
            "E_VALUE",
            `${name} ${value} is too short to tell a leak: give it 10s at least, ${LEAKS_FOR} rather.`,
        )
}

/** A size in bytes. @throws UserError naming the setting */
export function readSize(name: string, value: Size): number {
    return named(name, () => parseSize(String(value)))
}

/** A text to look for in the log. @throws UserError naming the setting when it is empty */
export function notEmpty(name: string, text: string): string {
    if (text === "")
        throw new UserError("E_VALUE", `${name} is empty: every log line holds the empty text.`)
    return text
}

function readDuration(name: string, value: Duration): number {
    return named(name, () => parseDuration(typeof value === "number" ? `${value}ms` : value))
}

function readBoard(settings: BoardSettings, program: Written | undefined, nameOf: NameOf): Board {
    const { heap, isSimulator } = settings
    const chosen = chooseBoard(settings, program, nameOf)
    const board = isSimulator ? asSimulator(chosen) : chosen
    if (heap === undefined) return board
    const heapBytes = readSize(nameOf("heap"), heap)
    if (heapBytes < MIN_HEAP_BYTES || heapBytes > MAX_HEAP_BYTES)
        throw new UserError(
            "E_VALUE",
            `${nameOf("heap")} ${heap} is out of range: the VM takes ${formatBytesExact(MIN_HEAP_BYTES)} to ${formatBytesExact(MAX_HEAP_BYTES)} (64KiB).`,
        )
    return { ...board, heapBytes }
}

/** The board that is asked for, else the one that the program names. */
function chooseBoard(
    { board: wanted, cwd = "", onNotice, scenario }: BoardSettings,
    program: Written | undefined,
    nameOf: NameOf,
): Board {
    const entry = typeof program === "object" ? program.entry : program
    const { board: own, needs } =
        typeof program === "string" ? writtenFor(program, cwd) : (program ?? {})
    const isWritten = `${entry} is written for the board ${own}`
    if (wanted === undefined) {
        if (own === undefined && scenario?.board !== undefined) return findBoard(scenario.board)
        if (own === undefined) return boardForAny(needs)
        const board = boardOfProgram(own, entry!, cwd)
        if (board) return board
        onNotice?.(
            `${isWritten}, which heapscope does not know: it runs on ${DEFAULT_BOARD} here. Name its *.board.json file, or a board like it, with ${nameOf("board")}.`,
        )
        return findBoard(DEFAULT_BOARD)
    }
    const board = typeof wanted === "object" ? wanted : boardCalled(wanted, cwd)
    if (own !== undefined && own !== board.id)
        onNotice?.(
            `${isWritten} and runs on ${board.id} here: a pin that only ${own} has is missing.`,
        )
    return board
}

/** For a program that names no board: the usual one, or one with what the program cannot do without. */
function boardForAny(needs: Program["needs"]): Board {
    const usual = findBoard(DEFAULT_BOARD)
    if (!needs) return usual
    const { board, lacks, added } = boardFor(needs, usual, otherBoards)
    if (lacks.length === 0) return usual
    const ran =
        added.length > 0
            ? `none known has all that it uses: it ran on a ${usual.name} that has GPIO ${added.join(", ")}, too`
            : `it ran on ${board.name} (${board.id})`
    const takenBecause = `It names no board, and ${usual.id}, the usual one, has ${lacks.join(" and ")}: ${ran}.`
    return { ...board, takenBecause }
}

function* otherBoards(): Generator<Board> {
    yield findBoard(NEXT_BOARD)
    yield* allBoards()
}

function boardCalled(name: string, cwd: string): Board {
    return name.endsWith(".json") ? loadBoardFile(resolve(cwd, name)) : findBoard(name, cwd)
}

/** @throws UserError for a world that nothing can happen in */
function readScenario(
    loaded: LoadedScenario | undefined,
    board: Board,
    { mode, isReal, forMs }: { mode: WorldMode; isReal: boolean; forMs: number },
    nameOf: NameOf,
): Scenario | undefined {
    if (!loaded) return undefined
    const name = nameOf("scenario")
    if (mode === "none")
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${name} ${loaded.file} contradicts ${nameOf("world")} none, in which nothing happens: leave one of them out.`,
        )
    const scenario = loaded.on(board, forMs)
    if (isReal && scenario.plan.servers.length > 0)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${name} ${loaded.file} has servers, and ${nameOf("worldNetwork")} ${REAL_NETWORK} asks those that there are: leave one of them out.`,
        )
    return scenario
}

/** Some of an object's members, those that are there. */
function definedOf<T extends object, K extends keyof T>(
    from: T | undefined,
    names: readonly K[],
): { [N in K]?: NonNullable<T[N]> } {
    const members = names.map(name => [name, from?.[name]])
    return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as {
        [N in K]?: NonNullable<T[N]>
    }
}

function withoutUndefined<T extends object>(settings: T): T {
    return Object.fromEntries(
        Object.entries(settings).filter(([, value]) => value !== undefined),
    ) as T
}

function readWorld(text: string, nameOf: NameOf): WorldMode {
    const mode = WORLD_MODES.find(known => known === text)
    if (!mode)
        throw new UserError(
            "E_VALUE",
            `${nameOf("world")} ${text} is none of ${WORLD_MODES.join(", ")}.`,
        )
    return mode
}

/** Whether the network is this machine's. */
function readIsReal(text: string, mode: WorldMode, nameOf: NameOf): boolean {
    const name = nameOf("worldNetwork")
    if (text !== DEFAULT_WORLD_NETWORK && text !== REAL_NETWORK)
        throw new UserError(
            "E_VALUE",
            `${name} ${text} is neither ${DEFAULT_WORLD_NETWORK} nor ${REAL_NETWORK}.`,
        )
    if (text === REAL_NETWORK && mode === "none")
        throw new UserError(
            "E_VALUE",
            `${name} ${REAL_NETWORK} contradicts ${nameOf("world")} none, which has no network: leave one of them out.`,
        )
    return text === REAL_NETWORK
}

function readSeed(value: number | string, nameOf: NameOf): number {
    const seed = Number(value)
    if (!/^\d{1,10}$/.test(String(value)) || seed > 0xffffffff)
        throw new UserError(
            "E_VALUE",
            `${nameOf("seed")} ${value} is not a whole number from 0 to 4294967295.`,
        )
    return seed
}
