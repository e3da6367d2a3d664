import { availableParallelism } from "node:os"
import { judgeFit } from "../analysis/fit/judge-fit"
import { UserError } from "../base/errors"
import type { Board } from "../boards/board"
import { whatLacks } from "../boards/board-needs"
import { findBoard, listBoards, loadBoardFile } from "../boards/node/find-board"
import { projectBoards } from "../boards/node/project-boards"
import { settingsRoom } from "../boards/settings-room"
import type { BoardFit, FitReport, Room } from "../documents/boards/fit-report"
import type { Program } from "../model/program/program"
import { idleHeap } from "../simulator/idle-heap"
import { loadVm } from "../simulator/node/load-vm"
import type { RunProgress } from "../simulator/run"
import { asOn, doesTheSame, isBlindToBoards, type KnownRun } from "../tasks/fit/same-on-boards"
import { programOf, type ProgramOrEntry } from "./program"
import { DEFAULT_WORLD, readRunSettings, type NameOf, type RunSettings } from "./run-settings"
import { runAll, type PlannedRun, type TaskRun } from "./threads/run-all"

export interface FitOptions extends Omit<RunSettings, "sample" | "board" | "heap"> {
    /** The boards: ids, chips or *.board.json files. Default: those of this package and of the project. */
    boards?: readonly string[]
    /** Boards, by id or chip, that it has to fit: `passed` says whether it does. */
    required?: readonly string[]
    signal?: AbortSignal
    /** Runs at once. Default: as many as there are cores. */
    jobs?: number
    /** @param which board, and how many are done: `pico, 3 of 12` */
    onProgress?: (run: RunProgress, forMs: number, which: string) => void
}

export const FIT_FOR = "1h"
/** How long a program runs on every board before runs are told to be the same. Simulated milliseconds. */
const CHECK_MS = 120_000

/**
 * Runs a program under the limits of each board. Where it does just the same on several boards and uses
 * nothing of them, the longest run is done on the one with the least room, and tells for the others.
 * @throws HeapscopeError as `simulate` does. That it does not fit is no error: `passed` says so
 */
export async function fit(
    entry: ProgramOrEntry,
    options: FitOptions = {},
    nameOf?: NameOf,
): Promise<FitReport> {
    const program = await programOf(entry, options)
    return fitProgram(program, options, nameOf)
}

/** The same of a program that is built. */
export async function fitProgram(
    program: Program,
    options: FitOptions,
    nameOf: NameOf = setting => setting,
): Promise<FitReport> {
    const { boards: wanted, required = [], signal, jobs, onProgress, ...given } = options
    const cwd = given.cwd ?? ""
    const needed = required.map(name => boardCalled(name, cwd))
    const boards = boardsOf(wanted, needed, cwd)
    const length = given.for ?? given.scenario?.said.for ?? FIT_FOR
    const plan = (board: Board): PlannedRun => {
        // Boards go to threads as the names by which they find them.
        const name = board.definedBy === "project" ? board.files.board : board.id
        const { onNotice: _, ...rest } = given
        const request = { ...rest, board: name, heap: board.heapBytes, for: length }
        return { ...readRunSettings(request, program, nameOf), request }
    }
    const runs = new Runs(program, boards.map(plan), { jobs: jobs ?? availableParallelism() })
    const isDone = await runs.doAll(signal, onProgress)
    const fits = boards.map(board => fitOf(program, board, runs))
    const { seed, forMs } = runs.planned[0]!
    const longest = runs.longest()
    const reports = runs.known.flatMap(run => run?.report.world ?? [])
    return {
        schema: "heapscope/fit@1",
        program: {
            entry: program.entry,
            bytecodeBytes: program.bytecode.length,
            settings: program.settings.size,
            settingsBytes: settingsRoom(boards[0]!, program.settings).takenBytes,
        },
        asked: {
            ...{ forMs, seed, world: given.world ?? given.scenario?.said.world ?? DEFAULT_WORLD },
            required: needed.map(({ id }) => id),
        },
        boards: fits,
        passed: needed.every(({ id }) => {
            const fit = fits.find(({ board }) => board.id === id)
            return fit?.verdict === "fits" || fit?.verdict === "tight"
        }),
        madeUp: unique(reports.flatMap(({ madeUp }) => madeUp)),
        unanswered: unique(reports.flatMap(({ unanswered }) => unanswered)),
        neverRan: longest?.neverRan ?? null,
        interrupted: !isDone,
    }
}

/** The runs of a program on boards. */
class Runs {
    readonly known: (KnownRun | undefined)[]

    constructor(
        private readonly program: Program,
        readonly planned: readonly PlannedRun[],
        private readonly options: { jobs: number },
    ) {
        this.known = planned.map(() => undefined)
    }

    of(board: Board): KnownRun | undefined {
        return this.known[this.planned.findIndex(run => run.board.id === board.id)]
    }

    longest(): KnownRun | undefined {
        return this.known
            .filter(run => run?.neverRan !== undefined)
            .sort((a, b) => b!.ranMs - a!.ranMs)[0]
    }

    /** @returns whether all were done; false when the signal ended it */
    async doAll(
        signal: AbortSignal | undefined,
        onProgress: FitOptions["onProgress"],
    ): Promise<boolean> {
        const vm = loadVm()
        const { planned, program, known } = this
        const idle = planned.map(({ board }) => idleHeap(vm, board).liveBytes)
        const fitting = [...planned.keys()].filter(
            index => program.bytecode.length <= planned[index]!.board.programFlashBytes,
        )
        const room = (index: number) => planned[index]!.board.heapBytes - idle[index]!
        const [first, ...others] = firstOfEqual(
            fitting.sort((a, b) => room(a) - room(b)),
            planned,
        )
        if (first === undefined) return true
        const isLong = planned[first]!.forMs > CHECK_MS
        const run = async (tasks: { index: number; short: boolean; names: boolean }[]) => {
            const runs = tasks.map(({ index, short, names }): TaskRun<"fit"> => ({
                ...{ program, run: planned[index]! },
                wants: { checkMs: CHECK_MS, endsAtCheck: short, names },
            }))
            let done = 0
            return runAll("fit", vm, runs, {
                ...{ jobs: this.options.jobs, signal },
                onProgress: (which, progress) => {
                    const { board, forMs } = planned[tasks[which]!.index]!
                    onProgress?.(progress, forMs, `${board.id}, ${done + 1} of ${runs.length}`)
                },
                onDone: (which, answer) => {
                    done++
                    known[tasks[which]!.index] = answer
                },
            })
        }
        const short = others.map(index => ({ index, short: isLong, names: !isLong }))
        if (!(await run([{ index: first, short: false, names: true }, ...short]))) return false
        const reference = known[first]!
        const open: number[] = []
        for (const index of others) {
            const own = known[index]!
            if (!isLong || own.report.outcome.kind !== "running") continue
            const isSame =
                isBlindToBoards(reference, program) &&
                doesTheSame(reference, own, idle[index]! - idle[first]!)
            if (isSame) known[index] = asOn(own, reference, planned[first]!.board.id)
            else open.push(index)
        }
        const isDone =
            open.length === 0 ||
            (await run(open.map(index => ({ index, short: false, names: true }))))
        for (const [index, one] of planned.entries())
            known[index] ??= known[planned.findIndex(other => sees(other) === sees(one))]
        return isDone
    }
}

/** Of runs that see the same board one is enough. */
function firstOfEqual(indices: readonly number[], planned: readonly PlannedRun[]): number[] {
    const seen = new Set<string>()
    return indices.filter(index => {
        const what = sees(planned[index]!)
        return !seen.has(what) && seen.add(what)
    })
}

/** All that a program can see of its board. */
function sees({ board }: PlannedRun): string {
    return JSON.stringify([board.heapBytes, board.features, [...board.configuration]])
}

function fitOf(program: Program, board: Board, runs: Runs): BoardFit {
    const known = runs.of(board)
    const settings = settingsRoom(board, program.settings)
    const { report, ranMs, from, worst, offBytes = 0 } = known ?? {}
    const died = report?.outcome.kind === "panicked"
    const heap = report && {
        capacityBytes: report.heap.capacityBytes,
        mostLiveBytes: report.heap.highWaterLiveBytes,
        offBytes,
        marginBytes: report.heap.capacityBytes - report.heap.highWaterLiveBytes,
    }
    const facts = {
        program: room(board.programFlashBytes, program.bytecode.length),
        settings: room(settings.roomBytes, settings.takenBytes),
        lacks: program.needs ? whatLacks(board, program.needs) : [],
        ...(heap && { heap }),
        ...(report && { judgement: report.judgement }),
    }
    const { id, name, chip, heapBytes } = board
    return {
        board: { id, name, chip, heapBytes },
        ...judgeFit({ ...facts, ...(died && { diedAtMs: ranMs! }) }),
        ...facts,
        ...(worst && { worst }),
        ...(ranMs !== undefined && { run: { ms: ranMs, ...(from !== undefined && { from }) } }),
    }
}

function room(roomBytes: number, takenBytes: number): Room {
    return { roomBytes, takenBytes, marginBytes: roomBytes - takenBytes }
}

/** Those that are asked for, and those that are required, each once. */
function boardsOf(
    wanted: readonly string[] | undefined,
    needed: readonly Board[],
    cwd: string,
): Board[] {
    const asked =
        wanted?.map(name => boardCalled(name, cwd)) ??
        // With boards that are required and none named, nobody asks for others.
        (needed.length > 0
            ? []
            : [...[...projectBoards(cwd).keys()].map(id => findBoard(id, cwd)), ...listBoards()])
    const boards = new Map<string, Board>()
    for (const board of [...asked, ...needed])
        if (!boards.has(board.id)) boards.set(board.id, board)
    if (boards.size === 0) throw new UserError("E_VALUE", "there is no board to fit: name one.")
    return [...boards.values()]
}

function boardCalled(name: string, cwd: string): Board {
    return name.endsWith(".json") ? loadBoardFile(name) : findBoard(name, cwd)
}

function unique(texts: readonly string[]): string[] {
    return [...new Set(texts)]
}
