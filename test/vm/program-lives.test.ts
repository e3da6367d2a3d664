import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { ProgramLives } from "../../host/api/threads/program-lives"
import { readBoardSettings } from "../../host/api/run-settings"
import { UserCache } from "../../host/compiler/node/user-cache"
import { build, fromRoot } from "./harness"
import { withAgent } from "./with-agent"

const PATIENCE_MS = 600_000
/** Ignored by git. */
const FOLDER = "test/vm/programs/.devicescript/lives"

function program(name: string, text: string) {
    mkdirSync(fromRoot(FOLDER), { recursive: true })
    writeFileSync(fromRoot(FOLDER, `${name}.ts`), text)
    return build(withAgent(`${FOLDER}/${name}`))
}

/** Sixty bytes a time. */
const LEAKS = "let last: any\nsetInterval(() => {\n    last = { last, of: [1, 2] }\n}, 500)\n"

function folder(): string {
    const made = mkdtempSync(join(tmpdir(), "heapscope-lives-"))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    return made
}

test(
    "a program is simulated until it dies, once, for all boards that run it",
    { timeout: PATIENCE_MS },
    async () => {
        const cwd = folder()
        const cache = UserCache.open(join(cwd, "cache"))
        const said: string[] = []
        const notify = (text: string) => void said.push(text)
        const open = () => new ProgramLives({ cwd, cache, notify, patience: "1h" })
        const leaks = await program("leaks", LEAKS)
        const { board } = readBoardSettings({ board: "pico" }, leaks)

        const lives = open()
        const hand = lives.of(board, leaks)!
        expect(hand.life).toBeUndefined()
        expect(lives.of(board, leaks)).toBe(hand)
        await lives.settled()
        const [deathMs, ...others] = hand.life!.deathsMs
        expect(others).toHaveLength(6)
        for (const other of others) expect(Math.abs(other / deathMs! - 1)).toBeLessThan(0.1)
        expect(
            said.map(text => /simulated until it dies|runs out of memory after/.exec(text)?.[0]),
        ).toEqual(["simulated until it dies", "runs out of memory after"])
        await lives.close()

        // What was found is kept: nothing is simulated again.
        const again = open().of(board, leaks)!
        expect(again.life!.deathsMs).toEqual([deathMs, ...others])
        expect(said).toHaveLength(3)

        // Another board is another life, and what reports nothing has none.
        const small = { ...board, heapBytes: 32_768 }
        const other = open()
        const smaller = other.of(small, leaks)!
        expect(smaller.life).toBeUndefined()
        await other.settled()
        expect(smaller.life!.deathsMs[0]).toBeLessThan(deathMs! * 0.7)
        expect(other.of(board, { ...leaks, bytecode: new Uint8Array(64) })).toBeUndefined()
        await other.close()
    },
)

test("a fleet that ends does not wait for a life", { timeout: PATIENCE_MS }, async () => {
    const cwd = folder()
    const said: string[] = []
    let began = () => undefined as void
    const begun = new Promise<void>(done => (began = done))
    const lives = new ProgramLives({
        ...{ cwd, cache: UserCache.open(join(cwd, "cache")) },
        notify(text) {
            said.push(text)
            began()
        },
    })
    const leaks = await program("leaks", LEAKS)
    const { board } = readBoardSettings({ board: "pico" }, leaks)
    const hand = lives.of(board, leaks)!
    await begun
    await lives.close()
    expect(hand.life).toBeUndefined()
    expect(said.filter(text => /out of memory/.test(text))).toEqual([])
})
