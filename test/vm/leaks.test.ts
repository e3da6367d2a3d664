import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { listLessons, taughtProgram } from "../../host/tasks/lesson/catalogue"
import type { Leak } from "../../host/documents/leak"
import { fromRoot, runProgram } from "./harness"
import { shareOf } from "./share"

const MINUTE = 60_000
const FOLDER = "test/vm/programs/leaks"

/** What grows in each program, under the name the program gives it, and as what. */
const LEAKS: Record<string, { path: string; kind: Leak["kind"]; alongside?: string[] }> = {
    "leak-buffers": { path: "camera.frames", kind: "array" },
    "leak-cache": { path: "cache.entries", kind: "map" },
    "leak-closures": { path: "undo", kind: "array" },
    "leak-copied-list": { path: "log", kind: "array" },
    "leak-fibers": { path: "fiber waiter", kind: "fibers" },
    "leak-history": { path: "station.history", kind: "array" },
    "leak-in-closure": { path: "count → seen", kind: "array" },
    "leak-linked-list": { path: "newest.before…", kind: "objects" },
    "leak-listeners": { path: "door.handlers", kind: "array" },
    "leak-map": { path: "lastOrder.values", kind: "array", alongside: ["lastOrder.keys"] },
    "leak-nested": { path: "tables[].orders", kind: "array" },
    "leak-observable": { path: "temperature._subscriptions", kind: "array" },
    "leak-string": { path: "journal", kind: "string" },
    "leak-timers": { path: "timeouts", kind: "array" },
    "leak-under-sawtooth": { path: "summaries", kind: "array" },
}

const programs = readdirSync(fromRoot(FOLDER))
    .filter(name => name.endsWith(".ts"))
    .map(name => name.replace(/\.ts$/, ""))
const leaking = programs.filter(name => name.startsWith("leak-"))
const fine = programs.filter(name => name.startsWith("fine-"))

/** Lines of a program that say they fill it: with `// fills` on them or right above. */
function fillingLines(name: string): number[] {
    const lines = readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").split("\n")
    return lines.flatMap((line, i) =>
        /\S.*\/\/ fills$/.test(line) ? [i + 1] : /^\s*\/\/ fills$/.test(line) ? [i + 2] : [],
    )
}

async function leaksOf(program: string, forMs = 10 * MINUTE): Promise<Leak[]> {
    return (await runProgram(program, { forMs, leaks: true })).report.leaks!
}

describe("finds the leak in", () => {
    test.each(leaking)("%s: its container and the line that fills it", async name => {
        const leaks = await leaksOf(`${FOLDER}/${name}.ts`)
        expect(leaks).toHaveLength(1)
        const [leak] = leaks
        expect(leak).toMatchObject({ alongside: [], ...LEAKS[name] })
        expect(leak!.filledAt?.file).toBe(`${FOLDER}/${name}.ts`)
        expect(fillingLines(name)).toContain(leak!.filledAt!.line)
        expect(leak!.items.to).toBeGreaterThan(leak!.items.from)
        expect(leak!.heldAt[0]!.liveBytes).toBeGreaterThan(0)
    })
})

describe("sees no leak in", () => {
    const some = shareOf(fine, 5).map(name => `${FOLDER}/${name}.ts`)
    test.each([...some, "devs/station/main.ts"])("%s", async program => {
        expect(await leaksOf(program)).toEqual([])
    })

    test.each(shareOf(listLessons(), 3))("lesson $name, done well", async lesson => {
        expect(await leaksOf(taughtProgram(lesson), 20_000)).toEqual([])
    })
})

test("the station's twin leaks what it says it keeps, until it dies of it", async () => {
    const { report } = await runProgram("devs/station/wasteful.ts", {
        forMs: 24 * 60 * MINUTE,
        leaks: true,
    })
    expect(report.outcome).toMatchObject({ kind: "panicked", verdict: "leak" })
    expect(report.leaks!.length).toBeGreaterThan(0)
    expect(report.leaks![0]!.filledAt?.file).toBe("devs/station/wasteful.ts")
})

test.each([
    ["die-leak", "orders"],
    ["die-map", "cache"],
    ["die-closures", "callbacks"],
    ["die-strings", "journal"],
])("%s: found before it kills", async (name, path) => {
    const { report } = await runProgram(name, { forMs: 60 * MINUTE, leaks: true })
    expect(report.outcome.kind).toBe("panicked")
    expect(report.leaks!.map(leak => leak.path)).toEqual([path])
})

test("the bytes of a leak are those the heap loses", async () => {
    const { report, samples } = await runProgram(`${FOLDER}/leak-buffers.ts`, {
        forMs: 10 * MINUTE,
        leaks: true,
    })
    const [leak] = report.leaks!
    const liveAt = (ms: number) => samples.findLast(({ atMs }) => atMs <= ms)!.liveBytes
    const lost = liveAt(leak!.toMs) - liveAt(leak!.fromMs)
    expect(Math.abs(leak!.liveBytes.to - leak!.liveBytes.from - lost)).toBeLessThan(0.05 * lost)
    // 512 B a frame, one in ten seconds, and 8 to 10 B in the list.
    expect(leak!.liveBytesPerHour / 360).toBeGreaterThan(512)
    expect(leak!.liveBytesPerHour / 360).toBeLessThan(530)
})

test("looking for leaks changes nothing but the report's leaks", async () => {
    for (const program of ["devs/station/main.ts", `${FOLDER}/leak-map.ts`, "live-fibers"]) {
        const document = async (leaks: boolean) => {
            const result = await runProgram(program, { forMs: 3 * MINUTE, leaks })
            const { blocks, instructions } = result
            const report = { ...result.report, wall: undefined, leaks: undefined }
            return { report, blocks, instructions }
        }
        expect(await document(true)).toEqual(await document(false))
    }
})
