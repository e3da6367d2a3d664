import { beforeAll, describe, expect, test } from "vitest"
import type { RowCounts } from "../../host/documents/profile/histograms"
import type { HeapBlock } from "../../host/model/heap/block"
import { HeapMarker } from "../../host/model/heap/marker"
import { ranMs } from "../../host/documents/sim-report"
import type { RunOptions } from "../../host/simulator/run"
import type { SimulatedBoard } from "../../host/simulator/simulated-board"
import { profileRun, type ProfiledRun } from "../../host/tasks/profile-run"
import { build, runProgram, vm } from "./harness"

const WITHIN = 7
const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }

interface Life {
    bytes: number
    madeMs: number
    madeIn: number
    /** Allocations there had been when it was made, and when it was first seen to be gone. */
    made: number
    gone?: number
}

/** Every block with its whole life, found by looking for each of them at every allocation. */
function wholeLives(): Pick<RunOptions, "onBoard" | "observers" | "onEvent"> & {
    end: (blocks: readonly HeapBlock[]) => Life[]
} {
    let board: SimulatedBoard | undefined
    let collections = 0
    const all: Life[] = []
    /** What is not live when it is over is gone, too. */
    const end = (blocks: readonly HeapBlock[]) => {
        const live = new Set(blocks.flatMap(({ address, live }) => (live ? [address] : [])))
        for (const [at, life] of there) if (!live.has(at)) life.gone = all.length
        return all
    }
    const there = new Map<number, Life>()
    return {
        end,
        onBoard: one => (board = one),
        observers: [
            (_words, ctx, _tag, bytes, address) => {
                const marker = new HeapMarker(board!.tracker.heap!)
                marker.mark(ctx)
                for (const [at, life] of there)
                    // What is made is linked to its holder by the next allocation.
                    if (at === address || !marker.isLive(at)) {
                        life.gone = all.length
                        there.delete(at)
                    }
                const life = {
                    ...{ bytes, made: all.length, madeMs: board!.nowMs, madeIn: collections },
                }
                all.push(life)
                there.set(address, life)
            },
        ],
        onEvent: event => void (event.kind === "gc" && board!.tracker.heap && collections++),
    }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
    rows.reduce((all, row) => all + of(row), 0)

describe.each(["live-objects", "profile-objects", "live-restarts", "die-leak"])("%s", name => {
    const options = { forMs: 2000 }
    let profiled: ProfiledRun
    let lives: Life[]
    beforeAll(async () => {
        const program = await build(name)
        profiled = await profileRun(vm, { ...options, board, program, temporary: WITHIN })
        const { end, ...hooks } = wholeLives()
        lives = end((await runProgram(name, { ...options, ...hooks })).blocks)
    })

    test("temporary is what is gone so many allocations after it was made, and no more", () => {
        const { total, tree, lines } = profiled.profile
        const whole = lives.filter(({ made, gone = Infinity }) => gone - made <= WITHIN)
        expect(whole.length).toBeGreaterThan(0)
        expect(total.temporaryBlocks).toBe(whole.length)
        expect(total.temporaryBytes).toBe(sum(whole, ({ bytes }) => bytes))
        expect(tree.total).toEqual(total)
        expect(sum(lines, ({ own }) => own.temporaryBytes ?? 0)).toBe(total.temporaryBytes)
    })

    test("rows of sizes and of collections are all that was allocated, and all that is live", () => {
        const { total, histograms } = profiled.profile
        for (const rows of [histograms.sizes, histograms.survived] as RowCounts[][]) {
            expect(sum(rows, row => row.allocations)).toBe(total.allocations)
            expect(sum(rows, row => row.bytes)).toBe(total.bytes)
            expect(sum(rows, row => row.liveBytes)).toBe(total.liveBytes)
            expect(sum(rows, row => row.liveBlocks)).toBe(total.liveBlocks)
        }
        expect(sum(histograms.ages, row => row.liveBytes)).toBe(total.liveBytes)
        expect(sum(histograms.ages, row => row.liveBlocks)).toBe(total.liveBlocks)
    })

    test("each row of sizes has the blocks of its sizes", () => {
        let from = 0
        for (const { atMostBytes, allocations } of profiled.profile.histograms.sizes) {
            const own = lives.filter(({ bytes }) => bytes > from && bytes <= atMostBytes)
            expect(allocations, `up to ${atMostBytes}`).toBe(own.length)
            from = atMostBytes
        }
    })

    test("looking at the heap at every allocation changes nothing", async () => {
        const plain = await runProgram(name, options)
        expect({ ...profiled.report, wall: 0 }).toEqual({ ...plain.report, wall: 0 })
    })
})

test("all that is not live at the end was dropped within as many allocations as there were", async () => {
    const program = await build("profile-objects")
    const { profile } = await profileRun(vm, { program, board, forMs: 2000, temporary: 99_999 })
    const { bytes, liveBytes, temporaryBytes, temporaryBlocks, ...total } = profile.total
    expect(temporaryBytes).toBe(bytes - liveBytes)
    expect(temporaryBlocks).toBe(total.allocations - total.liveBlocks)
})

test("ages of what is live, at the end and when most was", async () => {
    const program = await build("live-objects")
    const options = { program, board, forMs: 2000 }
    const ordinary = await profileRun(vm, options)
    const { report } = ordinary
    const { end, ...hooks } = wholeLives()
    const lives = end((await runProgram("live-objects", { forMs: 2000, ...hooks })).blocks)
    const live = lives.filter(({ gone }) => gone === undefined)
    const ages = live.map(({ madeMs }) => ranMs(report) - madeMs)
    let fromMs = -1
    for (const { atMostMs, liveBlocks } of ordinary.profile.histograms.ages) {
        const toMs = atMostMs ?? Infinity
        expect(liveBlocks).toBe(ages.filter(age => age > fromMs && age <= toMs).length)
        fromMs = toMs
    }
    const { profile } = await profileRun(vm, { ...options, atPeak: true })
    const { histograms } = profile
    expect(sum(histograms.ages, row => row.liveBytes)).toBe(report.heap.highWaterLiveBytes)
    expect(sum(histograms.survived, row => row.liveBytes)).toBe(report.heap.highWaterLiveBytes)
})
