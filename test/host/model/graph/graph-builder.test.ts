import fc from "fast-check"
import { expect, test } from "vitest"
import { buildGraph, buildOutline } from "../../../../host/model/graph/build-graph"
import type { HeapGraph } from "../../../../host/model/graph/graph"
import { HeapError } from "../../../../host/model/heap/heap-memory"
import { HeapMarker } from "../../../../host/model/heap/marker"
import { pathPattern, pathText } from "../../../../host/model/graph/path-text"
import { Retention } from "../../../../host/model/graph/retention"
import { modelBlock, writeHeap } from "../heap/random-heap"
import { countOf } from "../../../vm/share"
import { expectOutline } from "./outline"

test("without a program the pinned blocks are all there is", () => {
    const plain = modelBlock.filter(({ type }) => type <= 2)
    fc.assert(
        fc.property(fc.array(plain, { minLength: 1, maxLength: 60 }), model => {
            const heap = writeHeap(model)
            const graph = buildGraph({ heap, ctx: 0, bytecode: new Uint8Array() })
            const pinned = model.filter(({ type, pinned }) => pinned && type === 2)
            expect(graph.liveBytes).toBe(pinned.reduce((sum, { words }) => sum + words * 4, 0))
            expect(graph.liveBytes).toBe(new HeapMarker(heap).mark(0))
            const garbage = graph.garbage.reduce((sum, { bytes }) => sum + bytes, 0)
            expect(graph.liveBytes + garbage).toBe(graph.usedBytes)
        }),
    )
})

test("on corrupted memory there is an error, or a graph that the collector's marking agrees with", () => {
    const input = fc.tuple(
        fc.array(modelBlock, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 0xffffffff })), {
            maxLength: 30,
        }),
        fc.integer({ min: 0, max: 500 }),
        fc.uint8Array({ maxLength: 200 }),
    )
    let graphs = 0
    fc.assert(
        fc.property(input, ([model, changes, ctx, bytecode]) => {
            const heap = writeHeap(model, 0, 120, 40)
            // Zeros are the emptiest state: most of what lies there is then a sound program.
            heap.words.fill(0, 0, 120)
            const starts: number[] = []
            let at = heap.start
            for (const { words } of model) {
                starts.push(at)
                heap.words.fill(0, (at >>> 2) + 1, (at >>> 2) + words)
                at += words * 4
            }
            for (const [where, kind, value] of changes) {
                const start = starts[value % starts.length]!
                const words = [start, start + 4, value, value & 0xff, 0x00000008]
                const index = where % (heap.words.length - 41)
                // Headers stay: a heap that cannot be walked is for the test of walking.
                if (!starts.includes(index * 4)) heap.words[index] = words[kind % words.length]!
            }
            let graph: HeapGraph
            let live: number
            try {
                graph = buildGraph({ heap, ctx: 4 + (ctx & ~3), bytecode })
                live = new HeapMarker(heap).mark(4 + (ctx & ~3))
            } catch (error) {
                expect(error).toBeInstanceOf(HeapError)
                return
            }
            graphs++
            expect(graph.liveBytes).toBe(live)
            expectOutline(buildOutline({ heap, ctx: 4 + (ctx & ~3), bytecode }), graph)
            const retention = new Retention(graph)
            expect(retention.retained[0]).toBe(graph.liveBytes)
            for (const node of graph.nodes) {
                expect(pathText(retention.pathTo(node))).toEqual(expect.any(String))
                expect(pathPattern(retention.pathTo(node))).toEqual(expect.any(String))
            }
        }),
        { numRuns: countOf(1000, 3000) },
    )
    expect(graphs).toBeGreaterThan(100)
})
