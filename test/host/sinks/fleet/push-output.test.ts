import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { describe, expect, it, onTestFinished } from "vitest"
import { SeededRandom } from "../../../../host/base/seeded-random"
import { DurableQueue } from "../../../../host/sinks/fleet/push/durable-queue"
import type { Post } from "../../../../host/sinks/fleet/push/http-post"
import type { PushFormat } from "../../../../host/sinks/fleet/push/push-format"
import { PushOutput } from "../../../../host/sinks/fleet/push/push-output"
import { readingsOf } from "./readings"

const names: PushFormat = {
    headers: {},
    encode: readings => new TextEncoder().encode(readings.map(({ atMs }) => atMs).join(" ")),
}

function folder(): string {
    const made = mkdtempSync(join(tmpdir(), "heapscope-push-"))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    return join(made, "store")
}

/** An output, and what it has told people. */
function output(post: Post, store: string, limitBytes = 1_000_000) {
    const said: string[] = []
    const queue = new DurableQueue(store, limitBytes)
    const options = { name: "remoteWrite", format: names, post, queue, flushMs: 2, againMs: 2 }
    return { said, queue, push: new PushOutput({ ...options, announce: text => said.push(text) }) }
}

const texts = (bodies: Uint8Array[]) => bodies.map(body => new TextDecoder().decode(body)).join(" ")

describe("what an engine does not take", () => {
    it("is kept on disk, and is sent in order when a later fleet starts", async () => {
        const store = folder()
        const readings = readingsOf("kitchen", 9)
        const first = output(() => Promise.resolve({ kind: "failed", why: "503" }), store)
        for (const reading of readings) {
            first.queue.push({ body: names.encode([reading]), readings: 1 })
        }
        await first.push.close()
        expect(first.said.at(-1)).toBe("remoteWrite: 9 readings kept on disk for the next start")
        expect(readdirSync(store)).toHaveLength(9)

        const taken: Uint8Array[] = []
        const second = output(body => {
            taken.push(body)
            return Promise.resolve({ kind: "taken" })
        }, store)
        await second.push.close()
        expect(texts(taken)).toBe(readings.map(({ atMs }) => atMs).join(" "))
        expect(second.push.status()).toEqual({
            name: "remoteWrite",
            sent: 9,
            waiting: 0,
            dropped: 0,
        })
        expect(readdirSync(store)).toEqual([])
    })

    it("is sent once it is taken again, each reading once, in order, whatever failed between", async () => {
        const random = new SeededRandom(7)
        const taken: Uint8Array[] = []
        const { push } = output(async body => {
            await pause(random.fraction() * 3)
            if (random.fraction() < 0.2) return { kind: "failed", why: "it broke off" }
            taken.push(body)
            return { kind: "taken" }
        }, folder())
        const readings = readingsOf("kitchen", 300)
        for (const [i, reading] of readings.entries()) {
            push.reading(reading)
            if (i % 5 === 0) await pause(random.fraction() * 5)
        }
        for (let tries = 0; push.status().waiting > 0 && tries < 300; tries++) await pause(10)
        await push.close()
        expect(taken.length).toBeGreaterThan(20)
        expect(push.status()).toMatchObject({ sent: 300, waiting: 0, dropped: 0 })
        expect(texts(taken)).toBe(readings.map(({ atMs }) => atMs).join(" "))
    })

    it("is given up from the oldest on when it is too much, and that is counted and said", async () => {
        const store = folder()
        const body = new Uint8Array(100)
        const queue = new DurableQueue(store, 1000)
        queue.push({ body, readings: 1 })
        // On its way: it is not given up while somebody may be taking it.
        expect(queue.first()?.readings).toBe(1)
        for (let readings = 2; readings <= 20; readings++) queue.push({ body, readings })
        expect(queue.waiting + queue.dropped).toBe((20 * 21) / 2)
        expect(queue.dropped).toBe(65)
        queue.shift()
        const order: number[] = []
        for (let next = queue.first(); next; next = queue.first()) {
            order.push(next.readings)
            queue.shift()
        }
        expect(order).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20])
        queue.close()
    })

    it("is given up where an engine refuses it for good, and the rest goes on", async () => {
        const bodies: Uint8Array[] = []
        const { push, said, queue } = output(body => {
            bodies.push(body)
            return Promise.resolve(
                bodies.length === 1 ? { kind: "refused", why: "400: too old" } : { kind: "taken" },
            )
        }, folder())
        for (const reading of readingsOf("kitchen", 2))
            queue.push({ body: names.encode([reading]), readings: 1 })
        await push.close()
        expect(push.status()).toMatchObject({ sent: 1, waiting: 0, dropped: 1 })
        expect(said).toEqual([
            "remoteWrite: 1 reading given up so far; the last ones, refused: 400: too old",
        ])
    })

    it("is not taken for whole when it is damaged on disk", () => {
        const store = folder()
        const queue = new DurableQueue(store, 1000)
        queue.push({ body: new Uint8Array(10), readings: 3 })
        queue.close()
        writeFileSync(join(store, readdirSync(store)[0]!), "nonsense")
        writeFileSync(join(store, "000000000009-1-00000000.batch.part"), "half of it")
        const again = new DurableQueue(store, 1000)
        expect(again.first()).toBeUndefined()
        expect([again.dropped, again.waiting]).toEqual([3, 0])
        expect(readdirSync(store)).toEqual(["lock"])
    })

    it("is one fleet's alone", () => {
        const store = folder()
        const queue = new DurableQueue(store, 1000)
        writeFileSync(join(store, "lock"), String(process.ppid))
        expect(() => new DurableQueue(store, 1000)).toThrow(
            /is the store of another heapscope fleet/,
        )
        queue.close()
    })
})
