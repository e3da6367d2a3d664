import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import { pty } from "./pty"
import { counts, record, serve } from "./rig"

const MINUTES = Number(process.env.HEAPSCOPE_ENDURANCE_MINUTES ?? 0)

// HEAPSCOPE_ENDURANCE_MINUTES=10 npx vitest run endurance: in real time, so not in every run.
test.runIf(MINUTES > 0)(
    `${MINUTES} minutes at ten reports a second over a pty: nothing is lost`,
    { timeout: (MINUTES + 1) * 60_000 },
    async () => {
        const board = await serve("counting")
        const cable = await pty(board.port)
        const link = new BoardLink(new SerialStreamPort(cable.path))
        const { lines, gaps, phases } = record(link)
        await link.open()
        await sleep(MINUTES * 60_000)
        await link.close()
        const numbers = counts(lines)
        expect(phases).toEqual(["connecting", "open", "closed"])
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        expect(numbers.length).toBeGreaterThan(MINUTES * 600 * 0.95)
        expect(gaps).toEqual([])
        console.log(`${numbers.length} reports`)
        await cable.close()
        await board.close()
    },
)
