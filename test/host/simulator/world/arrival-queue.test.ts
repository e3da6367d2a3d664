import { describe, expect, it } from "vitest"
import { ArrivalQueue } from "../../../../host/simulator/world/arrival-queue"

describe("the world's own time", () => {
    it("keeps a beat, and forgets a cancelled alarm", () => {
        const queue = new ArrivalQueue()
        const { clock } = queue
        clock.nowUs = 500
        let beats = 0
        queue.every(1, () => beats++)
        const cancel = queue.after(1, () => (beats = -Infinity))
        cancel()
        cancel()
        expect(clock.nextUs).toBe(1500)
        clock.advanceTo(4600)
        clock.ring("before")
        expect(beats).toBe(4)
        expect(clock.nextUs).toBe(5500)
    })

    it("gives what came in its order", () => {
        const queue = new ArrivalQueue()
        const frames = [new Uint8Array(12), new Uint8Array(16)]
        for (const frame of frames) queue.put({ kind: "frame", frame })
        expect(queue.take()).toEqual({ kind: "frame", frame: frames[0] })
        expect(queue.take()).toEqual({ kind: "frame", frame: frames[1] })
        expect(queue.take()).toBeUndefined()
    })

    it("drops what was on its way to a board that is reset", () => {
        const queue = new ArrivalQueue()
        let resets = 0
        queue.onReset(() => resets++)
        queue.put({ kind: "frame", frame: new Uint8Array(12) })
        queue.reset()
        expect(queue.take()).toBeUndefined()
        expect(resets).toBe(1)
    })
})
