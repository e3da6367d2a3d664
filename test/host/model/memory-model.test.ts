import { expect, test } from "vitest"
import { MemoryModel } from "../../../host/model/memory-model"

test("a program is dead until it prints again; its deaths are counted", () => {
    const model = new MemoryModel()
    const log = (level: "log" | "runtime", text: string) =>
        model.add({ kind: "log", atMs: 1, level, text })
    model.add({ kind: "panic", atMs: 1, code: 60_004 })
    log("runtime", "* stop program")
    log("runtime", "* start: main")
    expect(model).toMatchObject({ panic: { code: 60_004 }, deaths: 1 })
    log("log", "hello")
    expect(model.panic).toBeUndefined()
    model.add({ kind: "panic", atMs: 2, code: 60_005 })
    expect(model).toMatchObject({ panic: { code: 60_005 }, deaths: 2 })
})

test("whatever comes, no more is kept than can be shown", () => {
    const model = new MemoryModel()
    const figures = { length: 0, capacity: 1, highWaterMark: 0, refused: 0 }
    for (let i = 0; i < 10_000; i++) {
        model.add({ kind: "log", atMs: i, level: "log", text: "x" })
        model.add({
            kind: "structures",
            atMs: i,
            structures: [{ name: `made-up-${i}`, ...figures }],
        })
    }
    expect(model.log.length).toBeLessThanOrEqual(200)
    expect(model.structures.size).toBeLessThanOrEqual(64)
})
