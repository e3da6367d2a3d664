import { Command } from "commander"
import { describe, expect, test } from "vitest"
import { addBoardsCommand } from "../../../host/cli/commands/boards"
import { addCheckCommand } from "../../../host/cli/commands/check"
import { addCompareCommand } from "../../../host/cli/commands/compare"
import { addDeployCommand } from "../../../host/cli/commands/deploy"
import { addDiffCommand } from "../../../host/cli/commands/diff"
import { addLayoutCommand } from "../../../host/cli/commands/layout"
import { addLessonCommand } from "../../../host/cli/commands/lesson"
import { addLspCommand } from "../../../host/cli/commands/lsp"
import { addProfileCommand } from "../../../host/cli/commands/profile"
import { addSimCommand } from "../../../host/cli/commands/sim"
import { addSnapshotCommand } from "../../../host/cli/commands/snapshot"
import { addWatchCommand } from "../../../host/cli/commands/watch"
import { optionDescription } from "../../../host/cli/wrong-use"

const program = new Command("heapscope")
for (const add of [
    ...[addSimCommand, addWatchCommand, addCompareCommand, addProfileCommand, addSnapshotCommand],
    ...[addDiffCommand, addCheckCommand, addBoardsCommand, addDeployCommand, addLessonCommand],
    ...[addLayoutCommand, addLspCommand],
])
    add(program, () => Promise.resolve())

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
