import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ArrivalQueue } from "../../../../host/simulator/world/arrival-queue"

function queueAt(nowUs: number) {
    const time = { nowUs }
    const queue = new ArrivalQueue()
    queue.connect(time)
    return { time, queue }
}

describe("the world's own time", () => {
    it("rings every alarm once, in order of time and then of setting", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(20)), fc.array(fc.nat(5)), (times, strides) => {
                const { time, queue } = queueAt(0)
                const rung: number[] = []
                times.forEach((atUs, index) => queue.at(atUs, () => rung.push(index)))
                for (const stride of [...strides, 20]) {
                    time.nowUs += stride
                    queue.advance()
                }
                const expected = times
                    .map((atUs, index) => ({ atUs, index }))
                    .sort((a, b) => a.atUs - b.atUs || a.index - b.index)
                    .map(({ index }) => index)
                expect(rung).toEqual(expected)
                expect(queue.nextUs).toBe(Infinity)
            }),
        )
    })

    it("keeps a beat however late it is asked", () => {
        const { time, queue } = queueAt(500)
        let beats = 0
        queue.every(1, () => beats++)
        expect(queue.nextUs).toBe(1500)
        time.nowUs = 4600
        queue.advance()
        expect(beats).toBe(4)
        expect(queue.nextUs).toBe(5500)
    })

    it("forgets a cancelled alarm", () => {
        const { time, queue } = queueAt(0)
        let rung = false
        const cancel = queue.after(1, () => (rung = true))
        cancel()
        cancel()
        time.nowUs = 2000
        queue.advance()
        expect(rung).toBe(false)
    })

    it("wants the board's attention at once while anything waits for it", () => {
        const { queue } = queueAt(100)
        const frame = new Uint8Array(12)
        queue.put({ kind: "frame", frame })
        expect(queue.nextUs).toBe(100)
        expect(queue.take()).toEqual({ kind: "frame", frame })
        expect(queue.take()).toBeUndefined()
    })

    it("drops what was on its way to a board that is reset", () => {
        const { queue } = queueAt(0)
        let resets = 0
        queue.onReset(() => resets++)
        queue.put({ kind: "frame", frame: new Uint8Array(12) })
        queue.reset()
        expect(queue.take()).toBeUndefined()
        expect(resets).toBe(1)
    })
})
