import { expect, test } from "vitest"
import { pureFunction } from "../../../../host/analysis/advice/pure-function"

const HEAD = "function bar(level: number): string {\n"

test.each([
    ['let bar = ""\nfor (let i = 0; i < level; i++) bar += "#"\nreturn bar'],
    ["return MAX + level * 2"],
    ["const steps: number[] = []\nsteps.push(Math.round(level / 3))\nsteps[0] = 4\nreturn steps"],
    ["return `level ${level} of ${MOST}`"],
    ['// other = level\nreturn "other = " + level'],
])("is pure: %j", body => {
    expect(pureFunction(`${HEAD}${body}\n}\nother = 7`)).toEqual({
        name: "bar",
        parameters: ["level"],
    })
})

test("may have two arguments", () => {
    expect(
        pureFunction(
            "function at(row: number, column: number): string {\nreturn `${row}:${column}`\n}",
        ),
    ).toEqual({ name: "at", parameters: ["row", "column"] })
})

test.each([
    ["reads what may change", "return level + other"],
    ["sets what is not its own", 'made++\nreturn ""'],
    ["sets its argument", 'level--\nreturn ""'],
    ["sets a field of another", "state.level = level\nreturn level"],
    ["calls a function", "return read(level)"],
    ["waits", "return await level"],
    ["draws", "return level * Math.random()"],
    ["makes a function", "return () => level"],
    ["prints", 'console.log("x")\nreturn level'],
    ["reads another in a template", "return `${level} ${other}`"],
    ["has itself", "return this.x + level"],
])("is not, since it %s", (_, body) => {
    expect(pureFunction(`${HEAD}${body}\n}`)).toBeUndefined()
})

test.each([
    "async function f(a: number) {",
    "function f(a, b, c) {",
    "function f() {",
    "class F {",
])("%j is none of one argument or two", head => {
    expect(pureFunction(`${head} return 1 }`)).toBeUndefined()
})
