import { PassThrough } from "node:stream"
import { expect, test, vi } from "vitest"
import { ConsoleOutput } from "../../../host/cli/console-output"
import { Progress } from "../../../host/cli/progress"

/** A terminal, and what was drawn on it. */
function terminal() {
    const stream = new PassThrough()
    const drawn: string[] = []
    stream.on("data", (chunk: Buffer) => drawn.push(chunk.toString()))
    const output = Object.assign(stream, { fd: 1_000_000, isTTY: true, columns: 120, rows: 24 })
    return { output: output as unknown as NodeJS.WriteStream & { fd: 2 }, drawn }
}

test("a long run tells how far it is, the time left and which of how many it is", () => {
    vi.stubEnv("TERM", "xterm")
    let now = 1000
    vi.spyOn(performance, "now").mockImplementation(() => now)
    const { output, drawn } = terminal()
    const progress = new Progress(new ConsoleOutput(output, "stderr"), true)
    progress.showRun({ nowMs: 0, usedBytes: 4000 }, 600_000, "list.ts on pico, 3 of 12")
    expect(drawn.join("")).toBe("")

    now = 5000
    progress.showRun({ nowMs: 150_000, usedBytes: 4000 }, 600_000, "list.ts on pico, 3 of 12")
    expect(drawn.join("")).toContain(
        "list.ts on pico, 3 of 12: simulating 2 m 30 s of 10 m (25.0 %) · 12 s left · 37.5x real time",
    )
    progress.clear()
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
})

test("a compile is told of soon, though it may be quick", async () => {
    vi.stubEnv("TERM", "xterm")
    const { output, drawn } = terminal()
    const progress = new Progress(new ConsoleOutput(output, "stderr"), true)
    progress.show("compiling src/main.ts")
    expect(drawn).toEqual([])
    await vi.waitFor(() => expect(drawn.join("")).toContain("compiling src/main.ts"))
    progress.clear()
    vi.unstubAllEnvs()
})
