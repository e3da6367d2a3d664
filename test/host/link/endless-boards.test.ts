import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { Debugger } from "../../../host/link/debugger/debugger"
import { COMMAND } from "../../../host/link/debugger/debugger-format"
import { openBus } from "../../../host/link/jacdac/bus"
import type { Link, LinkListener } from "../../../host/link/link"
import { packetFrame, SERVICE_INDEX } from "../../../host/wire/jacdac-packet"
import { FAKE_ADDRESS, FakeBoard } from "./fake-board"

test("a board that always has one more packet to say is asked no longer than it may take", async () => {
    const board = new FakeBoard({ pipe: () => [] })
    // An answer to a request that goes on for ever: its parts come in time, its end does not.
    const send = board.send.bind(board)
    let listener: LinkListener | undefined
    const endless: Link = {
        address: board.address,
        state: board.state,
        open: () => board.open(),
        close: () => board.close(),
        listen: one => {
            listener = one
            return board.listen(one)
        },
        send: frame => {
            const view = new DataView(frame.buffer, frame.byteOffset)
            if (view.getUint16(14, true) !== COMMAND.readFibers) return send(frame)
            // A link has sent what it has written, whatever the board says to it.
            void answer(view.getBigUint64(16, true), view.getUint16(24, true))
            return Promise.resolve()
        },
    }
    let isOver = false
    const answer = async (host: bigint, port: number) => {
        for (let i = 0; !isOver; i++) {
            await sleep(20)
            const packet = {
                service: SERVICE_INDEX.pipe,
                command: (port << 7) | (i & 0x1f),
                data: Uint8Array.of(i & 0xff, i >> 8),
            }
            listener?.frame?.(packetFrame(host, 1, packet))
        }
    }
    const debug = new Debugger(endless, FAKE_ADDRESS)
    const began = performance.now()
    await expect(
        debug.whileHalted(async program => program.fibers(), { haltedMs: 400 }),
    ).rejects.toThrow(/takes more than 0.4 s to answer/)
    expect(performance.now() - began).toBeLessThan(5000)
    expect(board.requests.at(-1)).toBeDefined()
    isOver = true
    debug.close()
}, 20_000)

test("a bus of devices without end is a few of them", async () => {
    let listener: LinkListener | undefined
    const link: Link = {
        address: "endless",
        state: { phase: "open" },
        open: () => Promise.resolve(),
        close: () => Promise.resolve(),
        send: () => Promise.resolve(),
        listen: one => {
            listener = one
            return () => undefined
        },
    }
    const board = await openBus(link)
    for (let i = 1n; i <= 5000n; i++) {
        const data = new Uint8Array(8)
        new DataView(data.buffer).setUint32(0, 0x01)
        listener?.frame?.(packetFrame(i << 8n, 0, { service: 0, command: 0, data }))
    }
    expect(board.bus.devices().length).toBeLessThanOrEqual(64)
    expect(board.bus.devices().length).toBeGreaterThan(1)
    await board.close()
}, 20_000)
