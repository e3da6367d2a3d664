import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { ALL_ERROR_CODES, ERROR_CODES, type ErrorFacts } from "../../../host/base/error-codes"
import { failureOf, HeapscopeError, ProgramError, UserError } from "../../../host/base/errors"
import { packageRoot } from "../../../host/base/node/package-root"
import { errorPage } from "../../../host/sinks/files/error-page"

const root = packageRoot()

/** The sources that fail, without the table itself. */
const sources = readdirSync(join(root, "host"), { recursive: true, encoding: "utf8" })
    .filter(file => file.endsWith(".ts") && !file.endsWith("error-codes.ts"))
    .map(file => readFileSync(join(root, "host", file), "utf8"))
const used = new Set(sources.join("\n").match(/(?<=")E_[A-Z_]+(?=")/g))

test("every code that is thrown is in the table, and the other way round", () => {
    expect([...used].sort()).toEqual([...ALL_ERROR_CODES].sort())
})

test("no failure is thrown without a code", () => {
    const calls = sources.flatMap(text => [
        ...text.matchAll(/new (?:User|Program|Heapscope)Error\(\s*([^\s,)]+)/g),
    ])
    expect(calls.length).toBeGreaterThan(80)
    const first = calls.map(([, argument = ""]) => argument)
    expect(
        first.filter(argument => !/^("E_[A-Z_]+"|boards\.length|(error\.)?code)$/.test(argument)),
    ).toEqual([])
})

test.each(Object.entries<ErrorFacts>(ERROR_CODES))(
    "%s says what, an example and what to do",
    (_, facts) => {
        expect(
            [facts.command, facts.situation].filter(example => example !== undefined),
        ).toHaveLength(1)
        for (const text of [facts.text, facts.remedy]) expect(text).toMatch(/^\S.+\.$/)
        expect(facts.text.length).toBeLessThan(120)
    },
)

test("the page is made from the table", async () => {
    await expect(errorPage()).toMatchFileSnapshot(join(root, "host/base/ERRORS.md"))
})

describe("what a program is told of", () => {
    test.each([
        ["wrong use", new UserError("E_VALUE", "no"), { code: "E_VALUE", message: "no" }],
        ["a program", new ProgramError("E_MOMENT", "no"), { code: "E_MOMENT", message: "no" }],
        ["a fault", new TypeError("no"), { code: "E_INTERNAL", message: "TypeError: no" }],
        ["what is no error", "no", { code: "E_INTERNAL", message: "no" }],
    ])("%s", (_, error, failure) => {
        expect(failureOf(error)).toEqual(failure)
    })

    test("a cause is kept", () => {
        const cause = new Error("why")
        expect(new HeapscopeError("E_READ", "no", { cause }).cause).toBe(cause)
    })
})
