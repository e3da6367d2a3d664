import type { Cost } from "../../../../host/documents/cost"
import { boardTimeOf, UNITS_A_CYCLE } from "../../../../host/model/board-time"
import type { CallNode, ProfileReport } from "../../../../host/documents/profile-report"
import { steadyReport } from "../../sinks/terminal/sample-run"

export const cost = (bytes: number, allocations: number, liveBytes = 0): Cost => ({
    ...{ bytes, allocations, liveBytes },
    liveBlocks: liveBytes > 0 ? 1 : 0,
})

/** All of it running. */
const time = (ms: number) => ({ boardTime: boardTimeOf(ms * 125_000 * UNITS_A_CYCLE, 0, 0) })

export const FILE = "src/order.ts"
const LIBRARY = "node_modules/lib/array.ts"

/** A program that calls a library, with a function whose name tries everything. */
export const EVIL = '<b a="1">&;\u001b[31m\u202e]]>'

export function sampleTree(): CallNode {
    const map: CallNode = {
        ...{ function: "map", file: LIBRARY, line: 9, library: true },
        total: cost(600, 6, 200),
        sites: [{ line: 13, type: "array", ...cost(600, 6, 200) }],
        children: [],
    }
    const evil: CallNode = {
        ...{ function: EVIL, file: FILE, line: 20, library: false },
        total: cost(100, 1),
        sites: [{ line: 21, type: "string", ...cost(100, 1) }],
        children: [],
    }
    const main: CallNode = {
        ...{ function: "main", file: FILE, line: 1, library: false },
        total: cost(1000, 12, 500),
        sites: [
            { line: 4, type: "map", ...cost(200, 2, 200) },
            { line: 5, type: "activation", ...cost(100, 3, 100) },
        ],
        children: [map, evil],
    }
    const runtime: CallNode = {
        ...{ function: "(runtime)", library: false },
        total: cost(50, 1, 50),
        sites: [{ type: "bytes", ...cost(50, 1, 50) }],
        children: [],
    }
    return {
        ...{ function: "(root)", library: false },
        total: cost(1050, 13, 550),
        sites: [],
        children: [main, runtime],
    }
}

export function sampleProfile(): ProfileReport {
    const { program, board, vm, simulated, wall, outcome, judgement } = steadyReport()
    return {
        schema: "heapscope/profile@1",
        ...{ program, board, vm, simulated, wall, outcome, judgement },
        ...time(20),
        total: cost(1050, 13, 550),
        lines: [
            {
                ...{ place: `${FILE}:5`, file: FILE, line: 5, library: false },
                ...{ own: cost(700, 9, 300), self: cost(100, 3, 100) },
                types: { array: cost(600, 6, 200), activation: cost(100, 3, 100) },
                ...time(2),
            },
            {
                ...{ place: `${FILE}:4`, file: FILE, line: 4, library: false },
                ...{ own: cost(200, 2, 200), self: cost(200, 2, 200) },
                types: { map: cost(200, 2, 200) },
                ...time(0.02),
            },
            {
                ...{ place: `${FILE}:21`, file: FILE, line: 21, library: false },
                ...{ own: cost(100, 1), self: cost(100, 1) },
                types: { string: cost(100, 1) },
                ...time(3),
            },
            {
                ...{ place: "(runtime)", library: false },
                ...{ own: cost(50, 1, 50), self: cost(50, 1, 50) },
                types: { bytes: cost(50, 1, 50) },
                ...time(0),
            },
            {
                ...{ place: `${LIBRARY}:13`, file: LIBRARY, line: 13, library: true },
                ...{ own: cost(0, 0), self: cost(600, 6, 200) },
                types: {},
                ...time(4),
            },
            {
                ...{ place: `${FILE}:22`, file: FILE, line: 22, library: false },
                ...{ own: cost(0, 0), self: cost(0, 0), types: {} },
                ...time(10.98),
            },
        ],
        functions: [
            {
                ...{ function: "map", file: LIBRARY, line: 9, library: true },
                ...{ self: cost(600, 6, 200), total: cost(600, 6, 200) },
                ...time(4),
            },
            {
                ...{ function: "main", file: FILE, line: 1, library: false },
                ...{ self: cost(300, 5, 300), total: cost(1000, 12, 500) },
                ...time(2.02),
            },
            {
                ...{ function: EVIL, file: FILE, line: 20, library: false },
                ...{ self: cost(100, 1), total: cost(100, 1) },
                ...time(13.98),
            },
            {
                ...{ function: "(runtime)", library: false },
                ...{ self: cost(50, 1, 50), total: cost(50, 1, 50) },
                ...time(0),
            },
        ],
        tree: sampleTree(),
        histograms: { sizes: [], ages: [], survived: [] },
    }
}
