import { expect, it } from "vitest"
import type { Board } from "../../host/boards/board"
import { findBoard, listBoards } from "../../host/boards/node/find-board"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { makeWorld } from "../../host/simulator/world/world"
import { build, printed, vm } from "./harness"

/** A share for every run of the suite; all of them are for `npm run test:long`. */
const BOARDS = process.env.HEAPSCOPE_BOARDS === "all" ? listBoards() : [findBoard("pico")]
const libraries = loadWorldLibraries()

function entryFor({ chip }: Board): string {
    return `devs/station/hardware/${chip}.ts`
}

async function simulate(board: Board, mode: "made-up" | "strict") {
    const { report } = await run(vm, {
        program: await build(entryFor(board)),
        ...{ board, forMs: 60_000 },
        makeWorld: seed => makeWorld({ mode, seed, libraries }),
    })
    return { report, log: printed(report.log).join("\n"), world: report.world! }
}

it.each(BOARDS.map(board => [board.id, board] as const))(
    "the station on hardware does its work on %s",
    async (_, board) => {
        const { report, log, world } = await simulate(board, "made-up")
        expect(report.outcome.kind).toBe("running")
        expect(log).toContain("ordered at the counter")
        expect(log).toMatch(/#\d+ table \d+ paid/)
        const [button, lamp] = world.pins!
        expect(button).toMatchObject({ part: "button", use: "input" })
        expect(lamp!.use).toBe("output")
        expect(lamp!.changes).toBeGreaterThan(2)
        // A picture a second.
        expect(world.addresses).toEqual([expect.objectContaining({ address: 0x3c })])
        expect(world.addresses![0]!.transfers).toBeGreaterThan(400)
        expect(world.unanswered).toEqual([])
    },
)

it("without a display all else goes on", async () => {
    const { report, log, world } = await simulate(findBoard("pico"), "strict")
    expect(report.outcome.kind).toBe("running")
    expect(log).toContain("no display")
    expect(log).toMatch(/#\d+ table \d+ paid/)
    expect(world.pins!.find(({ use }) => use === "output")!.changes).toBeGreaterThan(2)
})
