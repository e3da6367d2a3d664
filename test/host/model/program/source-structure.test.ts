import { describe, expect, test } from "vitest"
import { around } from "../../../../host/model/program/source-structure"

/** What is around the `HERE` of a source, in short. */
function kinds(source: string): string[] {
    return around(source, source.indexOf("HERE")).map(({ kind }) => kind)
}

describe("what is written around a place", () => {
    test.each<[string, string[]]>([
        ["HERE", []],
        ["for (let i = 0; i < 50; i++) { HERE }", ["loop"]],
        ["for (let i = 0; i < 50; i++) HERE", ["loop"]],
        ["for (const x of xs) if (x > 3) HERE", ["condition", "loop"]],
        ["while (true) { await sleep(3); HERE }", ["endless"]],
        ["for (;;) HERE", ["endless"]],
        ["setInterval(() => HERE, 100)", ["callback"]],
        ["setInterval(async () => { a(); HERE }, 100)", ["function", "callback"]],
        [
            "sensor.reading.subscribe(async v => {\n  if (v > 3) { HERE }\n})",
            ["condition", "function", "callback"],
        ],
        ["function look(a: number): void { if (a) { b() } HERE }", ["function"]],
        [
            "class A { add(x: number) { for (let i = 0; i < x; i++) { HERE } } }",
            ["loop", "function"],
        ],
        ["const look = () => { HERE }", ["function"]],
        ["xs.forEach(x => { HERE })", ["function", "loop"]],
        ['const s = "while (true) {" // for (;;) {\nHERE', []],
        ["const s = `${a}{(`\nHERE", []],
        ["while (true) { }\nHERE", []],
        ["setTimeout(() => { HERE }, 5)", ["function"]],
    ])("%s", (source, expected) => {
        expect(kinds(source)).toEqual(expected)
    })
})
