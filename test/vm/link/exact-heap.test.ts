import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import type { HeapGraph } from "../../../host/model/graph/graph"
import type { HeapMemory } from "../../../host/model/heap/heap-memory"
import { TAG_FREE, walkHeap } from "../../../host/model/heap/walk"
import { BoardLink } from "../../../host/link/board-link"
import { Debugger } from "../../../host/link/debugger/debugger"
import { ExactHeap } from "../../../host/link/heap-image/exact-heap"
import { findPort } from "../../../host/link/node/find-port"
import { findBoard, listBoards } from "../../../host/boards/node/find-board"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { SeededRandom } from "../../../host/base/seeded-random"
import type { SimulatedBoard } from "../../../host/simulator/simulated-board"
import { build } from "../harness"
import { withAgent } from "../with-agent"
import { relay, type Trouble } from "./relay"
import { pty } from "./pty"
import { serve } from "./rig"

/** HEAPSCOPE_SNAPSHOTS=200 npx vitest run exact-heap: that many instead of some. */
const SNAPSHOTS = Number(process.env.HEAPSCOPE_SNAPSHOTS ?? 5)

/** `npm run test:long -- exact`: all boards, 20 snapshots of each. */
const ALL_BOARDS = process.env.HEAPSCOPE_BOARDS === "all"
const BOARDS = ALL_BOARDS ? listBoards() : [findBoard("esp32s2_bare")]
const SNAPSHOTS_A_BOARD = ALL_BOARDS ? 20 : 2

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

async function connect(name: string, heapBytes: number, trouble?: Trouble) {
    const served = await serve(name, { heapBytes })
    closing.push(served.close)
    const cable = trouble && (await relay(served.port, trouble))
    if (cable) closing.push(cable.close)
    const link = new BoardLink(new TcpPort("127.0.0.1", cable?.port ?? served.port))
    closing.push(() => link.close())
    await link.open()
    const debug = await Debugger.find(link)
    return { ...served, debug, cable }
}

/** Words of used blocks, and headers of free ones. */
function contents(heap: HeapMemory): number[] {
    const found: number[] = []
    walkHeap(heap, (address, bytes, tag) => {
        const first = (address - heap.origin) / 4
        found.push(...heap.words.slice(first, first + (tag === TAG_FREE ? 1 : bytes / 4)))
    })
    return found
}

/** A graph without what only a simulator knows: which allocation made an object, and where. */
function bare({ nodes, ...rest }: HeapGraph) {
    return {
        ...rest,
        nodes: nodes.map(({ allocation: _a, pc: _p, storagePc: _s, ...node }) => node),
    }
}

/** What a simulated board says of its heap now. */
function truth(board: SimulatedBoard, names: Parameters<SimulatedBoard["graph"]>[0]) {
    const { highWaterUsedBytes: _u, highWaterLiveBytes: _l, ...figures } = board.tracker.figures()
    return { figures, blocks: board.blocks(), graph: bare(board.graph(names)!) }
}

const PROGRAMS = [
    ["the order station", withAgent("station/main"), 65_536],
    ["its wasteful twin", withAgent("station/wasteful"), 65_536],
    ["a small heap, half of it in use", "exact-half-full", 40_960],
    ["fibers, classes and texts", "exact-busy", 65_536],
] as const

for (const [what, program, heapBytes] of PROGRAMS)
    for (const trouble of [undefined, { lost: 0.05, doubled: 0.1, late: 0.1 }])
        test(
            `the whole heap of ${what}, byte for byte, ${trouble ? "over a bad cable" : "at once"}`,
            { timeout: 600_000 },
            async () => {
                const { bytecode, debug: names } = await build(program)
                const { board, debug, cable } = await connect(program, heapBytes, trouble)
                const random = new SeededRandom(heapBytes)
                const wait = new Uint8Array(1)
                const times: number[] = []
                let frames = 0
                for (let i = 0; i < SNAPSHOTS / PROGRAMS.length / 2; i++) {
                    random.fill(wait)
                    await sleep(wait[0]! / 2)
                    let expected: ReturnType<typeof truth> | undefined
                    const heap = await ExactHeap.read(debug, {
                        heapBytes: 65_536,
                        ...(i % 2 === 0 && { image: bytecode }),
                        onRead: ({ heap }) => {
                            const { simulated } = board
                            expected = truth(simulated, names)
                            expect(contents(heap)).toEqual(contents(simulated.tracker.heap!))
                        },
                    })
                    const { highWaterUsedBytes, highWaterLiveBytes, ...figures } = heap.figures()
                    expect(figures).toEqual(expected!.figures)
                    expect(highWaterUsedBytes).toBe(figures.usedBytes)
                    expect(highWaterLiveBytes).toBe(figures.liveBytes)
                    expect(heap.blocks()).toEqual(expected!.blocks)
                    if (i % 2 === 0) expect(bare(heap.graph(names))).toEqual(expected!.graph)
                    else expect(heap.graph().liveBytes).toBe(figures.liveBytes)
                    times.push(heap.haltedMs)
                    frames += heap.frames
                }
                times.sort((a, b) => a - b)
                console.log(
                    `${what}: ${times.length} of ${times.length}, halted ${times[times.length >> 1]!.toFixed(0)} ms (at most ${times.at(-1)!.toFixed(0)}), ${(frames / times.length).toFixed(0)} frames each`,
                    cable?.seen ?? "",
                )
            },
        )

test.each(BOARDS)(
    "on a $id with its own configuration, over a serial port, whatever board it is taken for",
    { timeout: 600_000 },
    async ({ id, heapBytes, configuration, features }) => {
        const entry = withAgent("station/main")
        const { bytecode } = await build(entry)
        const served = await serve(entry, { heapBytes, configuration, features })
        closing.push(served.close)
        const cable = await pty(served.port)
        closing.push(cable.close)
        const link = new BoardLink(await findPort(cable.path))
        closing.push(() => link.close())
        await link.open()
        const debug = await Debugger.find(link)
        const random = new SeededRandom(heapBytes)
        const wait = new Uint8Array(1)
        const halts: number[] = []
        for (let i = 0; i < SNAPSHOTS_A_BOARD; i++) {
            random.fill(wait)
            await sleep(wait[0]! * 2)
            let expected: ReturnType<typeof truth> | undefined
            const heap = await ExactHeap.read(debug, {
                // A Pico's: no more than one of the sizes that there are.
                heapBytes: 65_536,
                image: bytecode,
                onRead: ({ heap }) => {
                    expected = truth(served.board.simulated, undefined)
                    expect(contents(heap)).toEqual(contents(served.board.simulated.tracker.heap!))
                },
            })
            const { highWaterUsedBytes: _u, highWaterLiveBytes: _l, ...figures } = heap.figures()
            expect(figures).toEqual(expected!.figures)
            expect(heap.blocks()).toEqual(expected!.blocks)
            halts.push(heap.haltedMs)
        }
        halts.sort((a, b) => a - b)
        console.log(
            `${id}: ${halts.length} of ${SNAPSHOTS_A_BOARD}, halted ${halts[halts.length >> 1]!.toFixed(0)} ms`,
        )
    },
)

/** What a frame takes on the wire of a board, with its acknowledgement: measured on an RP2040. */
const FRAME_MS = 1.7

test("the program stands still for less than half a second with half of the heap in use", async () => {
    const { debug } = await connect("exact-half-pico", 65_536)
    const halts: { used: number; ms: number }[] = []
    const isShort = () => halts.some(({ used, ms }) => used < 0.6 && ms < 500)
    // On a machine that is busy all the time it takes more of them until one is told without a delay.
    while (halts.length < 5 || (halts.length < 25 && !isShort())) {
        const heap = await ExactHeap.read(debug, { heapBytes: 65_536 })
        const used = heap.figures().usedBytes / heap.figures().capacityBytes
        if (used >= 0.5) halts.push({ used, ms: heap.frames * FRAME_MS })
        await sleep(120)
    }
    const text = halts.map(({ used, ms }) => `${ms.toFixed(0)} ms at ${(100 * used).toFixed(0)} %`)
    console.log(`halted ${text.join(", ")} in use, at ${FRAME_MS} ms a frame`)
    // A busy machine acknowledges late, and frames are sent again: what that adds is not the board's.
    const half = halts.filter(({ used }) => used < 0.6).map(({ ms }) => ms)
    expect(half.length).toBeGreaterThan(0)
    expect(Math.min(...half)).toBeLessThan(500)
})
