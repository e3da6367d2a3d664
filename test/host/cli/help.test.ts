import { Command } from "commander"
import { describe, expect, test } from "vitest"
import { COMMANDS } from "../../../host/cli/start/command-table"
import { optionDescription } from "../../../host/cli/wrong-use"

const program = new Command("heapscope")
for (const { load } of COMMANDS) (await load())(program, () => Promise.resolve())

test.each(COMMANDS)("$name is listed as it is declared", ({ name, arguments: given, summary }) => {
    const command = program.commands.find(one => one.name() === name)!
    expect(command.usage()).toBe(`[options] ${given}`.trimEnd())
    // The list has the table's.
    expect(["", summary]).toContain(command.summary())
    expect(summary).toMatch(/^[a-z].*[^.]$/)
})

/** The help of a command, its examples too, its lines joined. */
function helpOf(name: string): string {
    const command = program.commands.find(one => one.name() === name)!
    let text = ""
    command
        .configureHelp({ optionDescription })
        .configureOutput({ writeOut: part => (text += part) })
        .outputHelp()
    return text.replace(/\s+/g, " ")
}

const SIMULATING = ["sim", "watch", "compare", "profile", "snapshot", "check"]

describe.each(program.commands.map(command => command.name()))("help of %s", name => {
    test("tells defaults as they are typed, and of none that is nothing", () => {
        expect(helpOf(name)).not.toMatch(/\(default: "|default: \[\]|default: undefined/)
    })
})

describe.each(SIMULATING)("%s", name => {
    test("takes what its sisters take to say what board it is", () => {
        for (const flag of ["--board", "--is-simulator", "--heap", "--seed", "--world", "--for"])
            expect(helpOf(name)).toContain(`${flag} `)
    })
})

test.each(["sim", "watch", "profile", "snapshot", "deploy"])(
    "%s says that in a project it takes src/main.ts, not the demo",
    name => {
        expect(helpOf(name)).toContain("this project's src/main.ts")
    },
)
