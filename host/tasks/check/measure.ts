import { liveOverTime } from "../../analysis/trend/live-over-time"
import { imageParts } from "../../analysis/budgets/image-parts"
import { liveParts, siteParts, wordOf, type PlaceOf } from "../../analysis/budgets/heap-parts"
import { structureUses } from "../../analysis/budgets/structure-uses"
import { sumOf } from "../../analysis/budgets/explain-change"
import type { Measurement, Part } from "../../documents/check/report"
import type { HeapFigures } from "../../documents/sim-report"
import type { HeapGraph } from "../../model/graph/graph"
import type { BlockType } from "../../model/heap/block"
import type { Program } from "../../model/program/program"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import { SiteCosts, type SiteCost } from "../../simulator/observers/site-costs"
import { run, sourceOf, type RunOptions } from "../../simulator/run"
import type { HeapPeak, SimulatedBoard } from "../../simulator/simulated-board"
import { findHeadroom } from "./headroom"
import { PictureTaker } from "./pictures"

/** What is to be measured, and how. */
export interface MeasureOptions extends Omit<RunOptions, "leaks" | "keepsPeak" | "moments"> {
    /** Search for the smallest heap with which it survives. */
    headroom?: boolean
    /** Take what a page about it draws. */
    pictures?: boolean
}

/** From here on a run is in its steady state: half of what was asked for. */
const STEADY = 1 / 2
/** Every call takes one and gives it back: nobody asked for it. */
const CALL_FRAME: BlockType = "activation"

/**
 * Runs a program once, and charges every byte that its figures are made of to a line.
 * @throws as `run` does
 */
export async function measure(
    module: WebAssembly.Module,
    { headroom, pictures, ...options }: MeasureOptions,
): Promise<Measurement & { interrupted: boolean }> {
    const { program, forMs } = options
    const map = SourceMap.of(program.debug)
    const costs = new SiteCosts()
    const placeOf = placesOf(program)
    let end: HeapEnd | undefined
    let peak: HeapPeak | undefined
    const taker = pictures ? new PictureTaker(options) : undefined
    const look = (board: SimulatedBoard) => {
        taker?.look(board)
        end = endOf(board, program)
        peak = board.peak(program.debug)
    }
    const result = await run(module, {
        ...options,
        ...{ leaks: true, keepsPeak: true, moments: [forMs * STEADY] },
        observers: [costs.allocated, ...(taker?.observers ?? [])],
        ...(taker && { onBoard: taker.onBoard }),
        onMoment: () => (costs.isSteady = true),
        onEnd: look,
        onEvent: (event, board) => {
            if (event.kind === "gc") taker?.collected()
            if (event.kind === "panic" && board.death) look(board)
        },
    })
    const { report, interrupted } = result
    const sites = costs.all()
    const steady = sites.filter(site => isOfProgram(site, map))
    const image = imageParts(program)
    const { samples: _, ...rest } = report
    const search = headroom && !interrupted ? await findHeadroom(module, options) : undefined
    return {
        measured: {
            report: rest,
            steadyAllocations: map ? sumOf(steady.map(asSteady)) : null,
            codeBytes: sumOf(image.code),
            headroomBytes: search?.headroomBytes ?? null,
            structures: end ? structureUses(end.graph) : [],
            liveOverTime: liveOverTime(result.samples),
        },
        parts: {
            ...(peak && { "most-live": mostLiveParts(peak, placeOf) }),
            ...(end && { "largest-free": largestFreeParts(report.heap, end, placeOf) }),
            allocated: siteParts(sites.map(asAllocated), placeOf),
            ...(map && { steady: siteParts(steady.map(asSteady), placeOf) }),
            ...image,
        },
        ...(search && { deadHeapBytes: search.deadHeapBytes }),
        ...(taker && { pictures: taker.pictures(result) }),
        interrupted,
    }
}

/** The heap when it is over. */
interface HeapEnd {
    graph: HeapGraph
    /** Garbage, each block with its place. */
    garbage: { bytes: number; pc: number; what: string }[]
}

function endOf(board: SimulatedBoard, { debug }: Program): HeapEnd | undefined {
    const graph = board.graph(debug)
    if (!graph) return undefined
    const garbage = graph.garbage.map(({ address, bytes, type }) => ({
        ...{ bytes, pc: board.pcOf(address) },
        what: `garbage of ${wordOf(type)}`,
    }))
    return { graph, garbage }
}

function mostLiveParts({ graph, made }: HeapPeak, placeOf: PlaceOf): Part[] {
    return liveParts(graph, placeOf, made ? [{ ...made, what: "block just made" }] : [])
}

/** All that the largest free block is not, from the whole heap. */
function largestFreeParts(heap: HeapFigures, end: HeapEnd, placeOf: PlaceOf): Part[] {
    const taken = liveParts(end.graph, placeOf, end.garbage)
    const pieces = heap.freeBytes - heap.largestFreeBytes
    return [
        { what: "heap of the board", value: heap.capacityBytes, count: 1 },
        ...taken.map(part => ({ ...part, value: -part.value })),
        { what: "smaller free blocks", value: -pieces, count: Math.max(0, heap.freeBlocks - 1) },
    ]
}

function asAllocated({ pc, type, bytes, allocations }: SiteCost) {
    return { pc, type, value: bytes, count: allocations }
}

function asSteady({ pc, type, steadyAllocations }: SiteCost) {
    return { pc, type, value: steadyAllocations, count: steadyAllocations }
}

/** Asked for by a line of the program itself. */
function isOfProgram({ pc, type }: SiteCost, map: SourceMap | undefined): boolean {
    return type !== CALL_FRAME && pc !== 0 && map !== undefined && !map.isLibrary(pc - 1)
}

/** Names places as reports do, with the text of their line. */
function placesOf(program: Program): PlaceOf {
    const frames = new SourceFrames(SourceMap.of(program.debug), program.sourceFolder)
    const lines = new Map<string, string[]>()
    return pc => {
        const frame = frames.at(pc)
        if (!frame) return undefined
        const { file, line } = frame
        if (!lines.has(file)) lines.set(file, sourceOf(program, file)?.split("\n") ?? [])
        return { ...frame, text: lines.get(file)![line - 1]?.trim() }
    }
}
