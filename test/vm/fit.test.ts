import { beforeAll, describe, expect, it } from "vitest"
import { fitProgram } from "../../host/api/fit"
import { build } from "./harness"

beforeAll(() => Promise.all([build("fit-large"), build("fit-pins"), build("counting")]))

describe("fit", () => {
    it("tells what fits where, and why not", async () => {
        const report = await fitProgram(await build("fit-large"), {
            ...{ for: "10s", boards: ["pico", "msr48", "esp32c3"], jobs: 1 },
            required: ["rp2040", "esp32s2"],
        })
        const verdicts = report.boards.map(({ board, verdict }) => `${board.id} ${verdict}`)
        expect(verdicts).toEqual(["pico fits", "msr48 no", "esp32c3_bare fits", "esp32s2_bare no"])
        expect(report.passed).toBe(false)
        expect(report.asked.required).toEqual(["pico", "esp32s2_bare"])
        expect(report.neverRan).toEqual(["never"])
        const [pico, s2] = report.boards
        expect(pico!.heap).toMatchObject({ capacityBytes: 65_524, offBytes: 0 })
        expect(pico!.heap!.mostLiveBytes + pico!.heap!.marginBytes).toBe(65_524)
        expect(pico!.heap!.mostLiveBytes).toBeGreaterThan(44_000)
        expect(pico!.worst).toMatchObject({ line: 10, what: "Buffer" })
        expect(pico!.program.marginBytes).toBe(110_464 - pico!.program.takenBytes)
        expect(s2!.reasons[0]).toMatch(/^It died after .*too large|does not fit|out of memory/)
    })

    it("a program that names pins fits where they are", async () => {
        const { boards } = await fitProgram(await build("fit-pins"), {
            ...{ for: "10s", boards: ["pico", "pico_w", "esp32c3_bare"], jobs: 1 },
        })
        expect(boards.map(({ verdict }) => verdict)).toEqual(["fits", "fits", "no"])
        expect(boards[2]!.lacks).toEqual(["no pin GP15"])
        for (const { run } of boards) expect(run!.from).toBeUndefined()
    })

    it("what is worked out from another board's run is what that board's own would tell", async () => {
        const program = await build("counting")
        const asked = { for: "130s", jobs: 1, boards: ["pico", "esp32s2_bare"] }
        const together = await fitProgram(program, asked)
        const from = together.boards.map(({ run }) => run!.from)
        expect(from).toEqual(["esp32s2_bare", undefined])
        for (const { board, heap, verdict } of together.boards) {
            const alone = await fitProgram(program, { ...asked, boards: [board.id] })
            const own = alone.boards[0]!
            expect([own.verdict, own.run]).toEqual([verdict, { ms: 130_000 }])
            const off = Math.abs(own.heap!.mostLiveBytes - heap!.mostLiveBytes)
            expect(off).toBeLessThanOrEqual(heap!.offBytes)
        }
    })

    it("says that it was not run, rather than that it fits", async () => {
        const { boards, passed, interrupted } = await fitProgram(await build("counting"), {
            ...{ required: ["pico"], signal: AbortSignal.abort(), for: "10s", jobs: 1 },
        })
        expect(boards.map(({ verdict }) => verdict)).toEqual(["unclear"])
        expect([passed, interrupted]).toEqual([false, true])
    })
})
