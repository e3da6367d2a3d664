import { createHash } from "node:crypto"
import { beforeAll, expect, test } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { watchPort } from "../../../host/tasks/watch-port"
import type { MemoryEvent } from "../../../host/model/events"
import { play } from "../../../host/tasks/play"
import { build } from "../harness"
import { pty } from "./pty"
import { listOf, serve, until } from "./rig"

beforeAll(() => Promise.all([build("agent"), build("die-exception")]))

/** Watches a port until `stop`. */
async function start(port: string, program?: string) {
    const source = await watchPort(port, {
        board: findBoard("pico"),
        program: program === undefined ? undefined : await build(program),
    })
    const events: MemoryEvent[] = []
    const abort = new AbortController()
    const played = play(source, [listOf(events)], abort.signal)
    const of = <K extends MemoryEvent["kind"]>(kind: K) =>
        events.filter((event): event is Extract<MemoryEvent, { kind: K }> => event.kind === kind)
    return {
        of,
        stop: async () => {
            abort.abort()
            await played
        },
    }
}

test("the agent's reports come over a pty as estimates and structures", async () => {
    const served = await serve("agent")
    const cable = await pty(served.port)
    const watch = await start(cable.path)
    try {
        await until(() => watch.of("sample").length >= 3)
        for (const sample of watch.of("sample")) {
            expect(sample.estimate?.errorBytes).toBeGreaterThanOrEqual(1000)
            expect(sample.estimate?.liveErrorBytes).toBeGreaterThanOrEqual(1000)
            expect(sample.usedBytes + sample.freeBytes).toBe(65_524)
        }
        const names = watch.of("structures").flatMap(({ structures }) => structures)
        expect(names.map(({ name }) => name)).toContain("third_queue")
        // The agent's own lines are figures, not log.
        expect(watch.of("log").some(({ text }) => text.startsWith("hs1"))).toBe(false)
        expect(watch.of("link").map(({ phase }) => phase)).toContain("open")
    } finally {
        await watch.stop()
        await cable.close()
        await served.close()
    }
    expect(watch.of("link").at(-1)).toMatchObject({ phase: "closed" })
})

test("a link that breaks is told of and opened again", async () => {
    const served = await serve("agent")
    const { bytecode } = await build("agent")
    const hash = createHash("sha256").update(bytecode).digest("hex")
    const watch = await start(served.address)
    const opened = () => watch.of("link").filter(({ phase }) => phase === "open").length
    try {
        await until(() => opened() === 1)
        const told = watch.of("sample").length
        await until(() => watch.of("sample").length > told)
        // Right after a report: what is on its way when the cable is pulled is lost.
        served.server.hangUp()
        await until(() => opened() === 2)
        expect(watch.of("link").map(({ phase }) => phase)).toContain("lost")
        const before = watch.of("sample").length
        await until(() => watch.of("sample").length > before)
        // Asked at each opening: it may have come back with another program.
        await until(() => watch.of("program").length === 2)
        expect(watch.of("program").map(({ sha256 }) => sha256)).toEqual([hash, hash])
        expect(watch.of("log").filter(({ text }) => text.includes("reports lost"))).toEqual([])
    } finally {
        await watch.stop()
        await served.close()
    }
})

test("an exception is told with its source lines, and each death once", async () => {
    const served = await serve("die-exception", { speed: 20 })
    const watch = await start(served.address, "die-exception")
    const count = (line: string) => watch.of("log").filter(({ text }) => text === line).length
    try {
        // It is started again, and dies again.
        await until(() => count("* stop program") >= 3)
    } finally {
        await watch.stop()
        await served.close()
    }
    const trace = watch.of("log").find(({ text }) => text.includes("at check_F"))
    expect(trace?.text).toMatch(/die-exception\.ts:2:20$/)
    const deaths = watch.of("panic").map(({ code }) => code)
    // The runtime tells each twice.
    expect(deaths).toHaveLength(Math.ceil(count("! Unhandled exception") / 2))
    expect(new Set(deaths)).toEqual(new Set([60_005]))
})

test("nothing there is one message", async () => {
    const watch = start("tcp://127.0.0.1:1")
    await expect(watch.then(({ stop }) => stop())).rejects.toThrow(/127\.0\.0\.1:1/)
})

test("a program that dies before it prints: every death is told of, a panic with its source lines", async () => {
    const served = await serve("die-at-once", { speed: 20 })
    const watch = await start(served.address, "die-at-once")
    try {
        await until(() => watch.of("panic").length >= 3)
        expect(watch.of("panic").map(({ code }) => code)).toEqual([60_001, 60_001, 60_001])
        const trace = watch.of("log").find(({ text }) => text.startsWith("!  at"))
        expect(trace).toMatchObject({ level: "runtime" })
        expect(trace?.text).toMatch(/die-at-once\.ts:\d:\d+$/)
    } finally {
        await watch.stop()
        await served.close()
    }
})
