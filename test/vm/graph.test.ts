import { describe, expect, test } from "vitest"
import { listLessons } from "../../host/lesson/catalogue"
import { powerOn } from "./harness"

const KIB = 1024
const STATION = ["devs/station/main.ts", "devs/station/wasteful.ts"]
const PROGRAMS = ["live-sawtooth", "live-fibers", "live-objects", "live-timers", "die-closures"]
const LESSONS = listLessons().flatMap(({ wasteful, efficient }) => [wasteful, efficient])

describe("the graph accounts for every byte, at every sample:", () => {
    test.each([...STATION, ...PROGRAMS, ...LESSONS])("%s", async name => {
        const { board, program } = await powerOn(name, 64 * KIB)
        let samples = 0
        for (let at = 100; at <= 10_000; at += 100) {
            while (board.nowMs < at && board.step(at));
            if (board.death) break
            const { usedBytes, liveBytes } = board.sample()
            const graph = board.graph(program.debug)!
            const garbage = graph.garbage.reduce((sum, { bytes }) => sum + bytes, 0)
            const shallow = graph.nodes.reduce((sum, { bytes }) => sum + bytes, 0)
            expect(shallow, `live at ${at} ms`).toBe(liveBytes)
            expect(shallow + garbage, `used at ${at} ms`).toBe(usedBytes)
            expect(graph.liveBytes).toBe(liveBytes)
            expect(graph.usedBytes).toBe(usedBytes)
            samples++
            if (board.isFinished()) break
        }
        expect(samples).toBeGreaterThan(0)
    })
})
