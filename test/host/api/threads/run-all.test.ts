import { beforeAll, expect, test } from "vitest"
import { runAll, type RunAllOptions, type TaskRun } from "../../../../host/api/threads/run-all"
import { readRunSettings, type RunSettings } from "../../../../host/api/run-settings"
import { UserError } from "../../../../host/base/errors"
import type { Program } from "../../../../host/model/program/program"
import { build, vm } from "../../../vm/harness"

const NAMES = ["counting", "die-leak"]
let programs: Program[]
beforeAll(async () => {
    programs = await Promise.all(NAMES.map(name => build(name)))
})

function planned(program: Program, request: RunSettings): TaskRun<"measure"> {
    return { program, run: { ...readRunSettings(request, program), request }, wants: {} }
}

const runs = () => [
    ...programs.map(program => planned(program, { board: "pico", for: "3s" })),
    planned(programs[0]!, { board: "esp32c3", for: "3s" }),
]

type Where = Pick<RunAllOptions<"measure">, "jobs" | "isApart" | "signal">

/** How long it took differs. */
const withoutWall = (key: string, value: unknown) => (key === "wall" ? undefined : value)

/** What is told of runs that are done in this thread, in others, or both. */
async function told(of: readonly TaskRun<"measure">[], where: Where) {
    const answers: { index: number; text: string }[] = []
    const isDone = await runAll("measure", vm, of, {
        ...where,
        onProgress: () => undefined,
        onDone: (index, answer) =>
            answers.push({ index, text: JSON.stringify(answer, withoutWall) }),
    })
    return { isDone, answers }
}

test("runs tell the same, in their order, whichever thread does them", async () => {
    const alone = await told(runs(), { jobs: 1 })
    expect(alone.isDone).toBe(true)
    expect(alone.answers.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(await told(runs(), { jobs: 2, isApart: true })).toEqual(alone)
    expect(await told(runs(), { jobs: 3 })).toEqual(alone)
})

test("the first that fails, in their order, is what is thrown, and what came before it is told", async () => {
    const [good] = runs()
    const tiny = planned(programs[0]!, { heap: 256, for: "3s" })
    for (const where of [{ jobs: 1 }, { jobs: 2 }, { jobs: 1, isApart: true }]) {
        let seen = 0
        const failing = runAll("measure", vm, [good!, tiny, good!, tiny], {
            ...{ ...where, onProgress: () => undefined },
            onDone: () => seen++,
        })
        await expect(failing).rejects.toBeInstanceOf(UserError)
        expect(seen).toBe(1)
    }
})

test("a signal ends them, wherever they are", async () => {
    for (const where of [{ jobs: 1 }, { jobs: 2 }, { jobs: 1, isApart: true }]) {
        const over = new AbortController()
        const long = [1, 2].map(() => planned(programs[0]!, { for: "8000h" }))
        const ended = runAll("measure", vm, [...runs().slice(0, 1), ...long], {
            ...{ ...where, signal: over.signal, onProgress: () => undefined },
            onDone: () => over.abort(),
        })
        expect(await ended).toBe(false)
    }
})
