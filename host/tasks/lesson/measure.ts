import { ProgramError } from "../../base/errors"
import { roundMs } from "../../model/board-time"
import type { MemoryEvent } from "../../model/events"
import { formatBytesExact } from "../../base/format-units"
import type { Work } from "../../documents/lessons-report"
import type { Program } from "../../model/program/program"
import { ScenarioPlayer } from "../../simulator/scenario/scenario-player"
import { SimulatedBoard } from "../../simulator/simulated-board"
import type { HeapWatch } from "./heap-watch"
import type { Setting } from "./setting"

/** What a lesson's program prints right before the part that is measured. */
export const WORK_BEGINS = "work begins"
/** What it prints right after. The result is printed later still: printing it is not measured. */
export const WORK_ENDS = "work ends"

/**
 * What printing a mark allocates before the host hears of it, and what of it is live then: the string,
 * as large for both marks.
 */
const MARK = { allocations: 1, bytes: 20 }

/** Simulated time in which a lesson must have ended, in milliseconds. */
const LIMIT_MS = 60_000
const SEED = 1

export interface WorkResult {
    work: Work
    /** What the program printed, the marks of the measured part aside. */
    log: string[]
}

/** A lesson's program did not run as a lesson must: it died, did not end, or marks no measured part. */
export class LessonError extends ProgramError {
    override readonly name = "LessonError"

    /** @param panic the panic that the program died of */
    constructor(
        message: string,
        readonly panic?: number,
    ) {
        super("E_LESSON", message)
    }
}

/**
 * Runs a lesson's program to its end on a heap of this size and measures its marked part.
 * @param setting what happens to it. Default: nothing
 * @param watch watches its heap meanwhile, which changes nothing
 * @throws LessonError when it does not come to its end or marks no part, or not everything has happened
 */
export function measureWork(
    module: WebAssembly.Module,
    program: Program,
    heapBytes: number,
    setting?: Setting,
    watch?: HeapWatch,
): WorkResult {
    const log: string[] = []
    let begin: Work | undefined
    let end: Work | undefined
    let player: ScenarioPlayer | undefined
    const onEvent = (event: MemoryEvent) => {
        if (event.kind !== "log") return
        player?.heard(event.text)
        if (event.level === "runtime") return
        if (event.text === WORK_BEGINS) {
            begin = figures(board, program)
            // From here on the tracker's high-water mark is that of the measured part.
            board.tracker.highWaterLiveBytes = begin.liveBytes
            watch?.begin(board, begin)
        } else if (event.text === WORK_ENDS) {
            end = figures(board, program)
            if (begin) watch?.end(board.tracker.usedBytes - MARK.bytes, difference(begin, end))
        } else log.push(event.text)
    }
    const world = setting?.makeWorld(SEED, program)
    const board = new SimulatedBoard(module, {
        ...{ heapBytes, seed: SEED, onEvent },
        ...(world && { door: world.door }),
    })
    board.load(program.bytecode)
    if (setting) player = new ScenarioPlayer(setting.scenario, board, world!)
    const limitMs = setting?.forMs ?? LIMIT_MS
    board.runUntil(limitMs)

    if (board.death) {
        const { code, requestedBytes } = board.death
        const why =
            requestedBytes === undefined ? "" : `: no room for ${formatBytesExact(requestedBytes)}`
        throw new LessonError(
            `${program.entry} died with panic ${code} on a heap of ${formatBytesExact(heapBytes)}${why}.`,
            code,
        )
    }
    // Whom somebody could still call has no end of its own.
    if (!board.isFinished() && !(setting && end))
        throw new LessonError(
            `${program.entry} did not end within ${limitMs / 1000} simulated seconds.`,
        )
    const missed = player?.report(false).steps.find(({ state }) => state !== "done")
    if (missed)
        throw new LessonError(`${program.entry}: ${missed.where}: ${missed.step}: ${missed.saw}.`)
    if (!begin || !end)
        throw new LessonError(
            `${program.entry} marks no measured part: it must print "${WORK_BEGINS}" and "${WORK_ENDS}".`,
        )
    return { work: difference(begin, end), log }
}

/** The figures at a mark, without the mark's own string. */
function figures({ tracker, instructions, work }: SimulatedBoard, program: Program): Work {
    const live = tracker.liveBytes()
    const peak = tracker.highWaterLiveBytes
    return {
        peakLiveBytes: peak === live ? live - MARK.bytes : peak,
        liveBytes: live - MARK.bytes,
        ...tracker.gcFigures(),
        instructions,
        boardTimeMs: work.time.ms,
        bytecodeBytes: program.bytecode.length,
    }
}

function difference(begin: Work, end: Work): Work {
    return {
        peakLiveBytes: end.peakLiveBytes - begin.liveBytes,
        liveBytes: end.liveBytes - begin.liveBytes,
        allocatedBytes: end.allocatedBytes - begin.allocatedBytes - MARK.bytes,
        allocations: end.allocations - begin.allocations - MARK.allocations,
        collections: end.collections - begin.collections,
        instructions: end.instructions - begin.instructions,
        boardTimeMs: roundMs(end.boardTimeMs - begin.boardTimeMs),
        bytecodeBytes: end.bytecodeBytes,
    }
}
