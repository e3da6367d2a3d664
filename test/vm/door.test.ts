import { expect, it } from "vitest"
import { ArrivalQueue } from "../../host/simulator/world/arrival-queue"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { FRAME_FLAG } from "../../host/wire/jacdac-frame"
import { deviceOf, packetFrame, SERVICE_INDEX } from "../../host/wire/jacdac-packet"
import { build, vm } from "./harness"

/** `JD_CONTROL_CMD_RESET` of the control service. */
const RESET = 0x82
const EMPTY = new Uint8Array(0)

it("brings the world what the board sends, and the board what the world answers, on time", async () => {
    const arrivals = new ArrivalQueue()
    const sentAt: number[] = []
    const resetAt: number[] = []
    const sent = (frame: Uint8Array) => {
        if (sentAt.length === 0) {
            const packet = { service: SERVICE_INDEX.control, command: RESET, data: EMPTY }
            const reset = packetFrame(deviceOf(frame), FRAME_FLAG.command, packet)
            arrivals.after(1234.5, () => arrivals.put({ kind: "frame", frame: reset }))
        }
        sentAt.push(arrivals.nowUs / 1000)
    }
    const door = { ...emptyWorld(1), arrivals, jacdac: { ...emptyWorld(1).jacdac, sent } }
    const board: SimulatedBoard = new SimulatedBoard(vm, {
        heapBytes: 65_536,
        seed: 1,
        door,
        onReset: () => resetAt.push(Math.round(board.nowMs)),
    })
    board.load((await build("live-timers")).bytecode)
    while (board.nowMs < 5000) board.step(5000)
    expect(resetAt).toEqual([Math.round(sentAt[0]! + 1234.5)])
})
