import { expect, test } from "vitest"
import { AgentEvents } from "../../../../host/link/agent/agent-events"
import { Fleet } from "../../../../host/tasks/fleet/fleet"
import { ReportingBoard } from "../../../../host/tasks/fleet/reporting-board"
import { reportLine } from "./report-line"

const about = {
    program: { entry: "" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: null },
}
const START_MS = 1_700_000_000_000

let nowMs = START_MS

function kitchen() {
    nowMs = START_MS
    const fleet = new Fleet({ notify: () => undefined, now: () => nowMs })
    const intake = fleet.intakeOf({ how: "", run: () => Promise.resolve() })
    const board = intake.board({ name: "kitchen", about })!
    const starts = () =>
        board.board.metrics().find(({ name }) => name === "devicescript.board.starts")!.values[0]!
            .value
    const reporting = new ReportingBoard(board, new AgentEvents(about.board.heapBytes))
    const look = (atMs: number) => {
        nowMs = atMs
        fleet.look()
    }
    return { reporting, board: board.board, starts, look }
}

test("every report is counted, also those without figures, and each once", () => {
    const { reporting, board } = kitchen()
    for (let seq = 0; seq < 40; seq++) reporting.take(reportLine(seq), START_MS + seq * 1000)
    // A broker that was started anew sends again what was not confirmed.
    for (let seq = 30; seq < 40; seq++) reporting.take(reportLine(seq), START_MS + 41_000)
    for (let seq = 45; seq < 50; seq++) reporting.take(reportLine(seq), START_MS + seq * 1000)
    expect(board.count).toMatchObject({ received: 45, missed: 5, doubled: 10 })
})

test("what comes twice is not taken for another start of the program, and a start is", () => {
    const { reporting, starts } = kitchen()
    for (const seq of [0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 7]) reporting.take(reportLine(seq), START_MS)
    expect(starts()).toBe(1)
    for (const seq of [0, 1, 2, 3, 4, 5]) reporting.take(reportLine(seq, 7), START_MS)
    expect(starts()).toBe(2)
})

test("who says nothing for long has left, and is there again with the next report", () => {
    const { reporting, board, look } = kitchen()
    expect(board.isHere).toBeUndefined()
    for (let seq = 0; seq < 5; seq++) reporting.take(reportLine(seq), START_MS + seq * 1000)
    look(START_MS + 20_000)
    expect(board.isHere).toBe(true)
    look(START_MS + 60_000)
    expect(board.isHere).toBe(false)
    reporting.take(reportLine(90), START_MS + 90_000)
    expect(board.isHere).toBe(true)
})

test("a damaged line counts for nothing, and others' messages are refused", () => {
    const { reporting, board } = kitchen()
    expect(reporting.take(reportLine(0).replace("seq=0", "seq=1"), START_MS)).toBe(true)
    expect(reporting.take("hello", START_MS)).toBe(false)
    expect(board.count.received).toBe(0)
})
