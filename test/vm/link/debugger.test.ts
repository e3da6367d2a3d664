import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, describe, expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import { Debugger } from "../../../host/link/debugger/debugger"
import { numberOf, VALUE_TAG } from "../../../host/link/debugger/debugger-format"
import type { HaltedProgram } from "../../../host/link/debugger/halted-program"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { build } from "../harness"
import { counts, record, serve, until } from "./rig"

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

async function connect(name: string) {
    const served = await serve(name)
    const link = new BoardLink(new TcpPort("127.0.0.1", served.port))
    const seen = record(link)
    await link.open()
    const debug = await Debugger.find(link)
    closing.push(
        served.close,
        () => link.close(),
        async () => debug.close(),
    )
    return { ...served, ...seen, link, debug }
}

describe("a halted program", () => {
    test("tells its fibers, frames and variables, by the names the compiler gave them", async () => {
        const { debug } = await connect("agent")
        const { debug: names } = await build("agent")
        await debug.whileHalted(async program => {
            const globals = await program.globals(0, 200)
            expect(globals.length).toBe(names!.globals.length)
            const of = (name: string) => globals[names!.globals.findIndex(g => g.name === name)]!
            expect(of("orders").tag).toBe(VALUE_TAG.objMap)
            expect(of("watched").tag).toBe(VALUE_TAG.objArray)

            const entries = await program.entries(of("orders").v0)
            expect(entries.length).toBe(of("orders").v1)
            const [name, structure] = await program.elements(of("watched").v0, 0, 2)
            expect(structure).toMatchObject({ tag: VALUE_TAG.objMap, v0: of("orders").v0 })
            expect(name!.tag).not.toBe(VALUE_TAG.objMap)

            const [main, agent] = await program.fibers()
            expect(main!.firstFunction).toBe(0)
            const frames = await program.frames(agent!)
            expect(
                frames.map(({ functionIndex }) => names!.functions[functionIndex]!.name),
            ).toEqual(["reportForever", expect.any(String)])
            const variables = await program.elements(frames[0]!.address, 0, 200)
            const { slots } = names!.functions[frames[0]!.functionIndex]!
            expect(variables.length).toBe(slots.length)
            const interval = variables[slots.findIndex(slot => slot.name === "interval")]!
            expect(numberOf(interval)).toBe(1000)
        })
    })

    test("stands still, and goes on where it was", async () => {
        const { debug, lines } = await connect("counting")
        await until(() => counts(lines).length >= 2)
        await debug.whileHalted(async () => {
            await sleep(50)
            const before = counts(lines).length
            await sleep(400)
            expect(counts(lines).length).toBe(before)
            expect(await debug.state()).toEqual({ enabled: true, suspended: true })
        })
        expect(await debug.state()).toEqual({ enabled: false, suspended: false })
        const before = counts(lines).length
        await until(() => counts(lines).length >= before + 3)
        expect(counts(lines)).toEqual(counts(lines).map((_, i) => i + 1))
    })

    test("is let go when the work fails or is aborted", async () => {
        const { debug } = await connect("counting")
        const free = async () =>
            expect(await debug.state()).toEqual({ enabled: false, suspended: false })
        const fail = () => Promise.reject(new Error("the work failed"))
        await expect(debug.whileHalted(fail)).rejects.toThrow("the work failed")
        await free()
        const controller = new AbortController()
        const look = async (program: HaltedProgram) => {
            controller.abort(new Error("interrupted"))
            return program.globals(0, 1)
        }
        await expect(debug.whileHalted(look, controller)).rejects.toThrow("interrupted")
        await free()
    })

    test("that sleeps on is told of, and not halted later", async () => {
        const { debug, lines } = await connect("agent-alone")
        await expect(debug.whileHalted(async () => 1, { timeoutMs: 200 })).rejects.toThrow(
            /did not come to a point/,
        )
        expect(await debug.state()).toEqual({ enabled: false, suspended: false })
        const before = lines.length
        await until(() => lines.slice(before).filter(line => line.includes("hs1")).length >= 2)
    })

    test("is not asked what would crash the board", async () => {
        const { debug, phases } = await connect("agent")
        await debug.whileHalted(async program => {
            const objects = (await program.globals(0, 200)).filter(({ tag }) => tag >= 0x50)
            const { v0 } = objects[0]!
            const refused = [
                () => program.bytes(v0 + 4, 0, 12),
                () => program.bytes(v0 + 2, 0, 12),
                () => program.bytes(0, 0, 12),
                () => program.bytes(v0, 0, 1000),
                () => program.bytes(v0, 0, 0),
                () => program.bytes(v0, -1, 4),
                () => program.bytes(v0, 65_536, 4),
                () => program.elements(v0 + 4, 0, 1),
                () => program.elements(v0, 0, 1000),
                () => program.entries(v0 + 4),
                () => program.globals(0, 0),
            ]
            for (const request of refused)
                await expect(request()).rejects.toThrow(
                    expect.objectContaining({ name: "RefusedRequestError" }),
                )
        })
        expect(phases).toEqual(["connecting", "open"])
    })
})

test("a board left halted is let go after the next opening", async () => {
    const { server, debug, link, port } = await connect("counting")
    const broken = debug.whileHalted(async program => {
        server.hangUp()
        await until(() => link.state.phase === "lost")
        return program.globals(0, 1)
    })
    await expect(broken).rejects.toThrow(/lost/)
    const again = new BoardLink(new TcpPort("127.0.0.1", port))
    const seen = record(again)
    await again.open()
    const other = await Debugger.find(again)
    closing.push(() => again.close())
    const before = counts(seen.lines).length
    await sleep(300)
    expect(counts(seen.lines).length).toBe(before)
    expect(await other.releaseIfLeft()).toBe(true)
    expect(await other.releaseIfLeft()).toBe(false)
    await until(() => counts(seen.lines).length >= before + 3)
})

test("another client of the debugger is noticed", async () => {
    const { debug, link } = await connect("counting")
    const other = await Debugger.find(link)
    closing.push(async () => other.close())
    const disturbed = debug.whileHalted(async program => {
        await other.releaseIfLeft()
        return program.globals(0, 1)
    })
    await expect(disturbed).rejects.toThrow(/Another client/)
    const again = debug.whileHalted(async program => {
        await other.releaseIfLeft()
        await other.whileHalted(async () => undefined)
        return program.globals(0, 1)
    })
    await expect(again).rejects.toThrow(/Another client/)
})
