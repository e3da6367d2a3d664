import { relative } from "node:path"
import type { Command } from "commander"
import { forAim, readAim, type AimFlags } from "../../api/aim"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { instead } from "../../base/nearest"
import { writeWhole } from "../../base/node/write-file"
import { readText } from "../../base/node/read-file"
import { EDIT_RULES } from "../../compiler/edits/edit-rules"
import { MAX_SOURCE_BYTES } from "../../compiler/node/disk-files"
import { findProject, resolveEntry } from "../../compiler/node/project"
import { Workshop } from "../../compiler/node/workshop"
import { loadVm } from "../../simulator/node/load-vm"
import { renderFix } from "../../sinks/terminal/fix-terminal"
import { fixProgram, type FixedProgram } from "../../tasks/fix/fix-program"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import {
    addAimOptions,
    addRunOptions,
    defaultEntry,
    givenAgain,
    isProject,
    readRunFlags,
    type RunFlags,
} from "../run-options"
import { givenIn, withScenario } from "../scenario/scenario-flag"

interface FixFlags extends RunFlags, AimFlags {
    only?: string[]
    write?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope fix                                  what would be changed in this project's src/main.ts
  $ heapscope fix src/main.ts --for 10m            run each version longer: more of the program has its say
  $ heapscope fix src/main.ts --write              and keep the changes that were proved
  $ heapscope fix src/main.ts --until esp32s2_bare only as much as it takes to fit there
  $ heapscope fix src/main.ts --only packed,static these kinds of advice alone
  $ heapscope fix src/main.ts --json | jq -r '.files[].diff' | patch -p1

An edit stays when both versions did the same in the same world: log, pins, buses, packets, connections and
pictures, to the microsecond. Exit codes: 0 done, or nothing to do; 1 the program died, or some advice could
not be carried out; 2 wrong use; 130 interrupted.`

export function addFixCommand(program: Command, act: Act): void {
    const command = addRunOptions(program.command("fix"))
        .summary(
            "carry the advice out: edit the source, prove that it does the same, and takes less",
        )
        .description(
            "Carries out what `sim --advice` would say, as edits of the source, one at a time. After each it compiles and runs the program before and after in the same world; an edit stays only if both did the same and the later one takes less. Shows the differences; --write keeps them.",
        )
        .argument(
            "[entry]",
            "a .ts source or a project's folder (default: src/main.ts of this project)",
        )
        .option("--write", "write the files; without it they stay as they are")
        .option(
            "--only <rules>",
            "carry out the advice of these rules alone, by the names of their lessons: packed,static",
            (text: string, before: readonly string[] = []) =>
                text.split(",").reduce((all, one) => givenAgain(one, all), [...before]),
        )
    addAimOptions(command)
        .option("--json", "print the report as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: FixFlags, command: Command) =>
            act(async context =>
                fix(entry, forAim(await withScenario(flags, givenIn(command), context)), context),
            ),
        )
}

async function fix(
    entry: string | undefined,
    flags: FixFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    checkRules(flags.only ?? [])
    if (flags.worldNetwork === "real")
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--world-network real: two runs never meet the same network there, so that nothing can be proved.",
        )
    if (flags.write && entry === undefined && !isProject(cwd))
        throw new UserError(
            "E_ARGUMENTS",
            "--write: there is no project here; name the program that is to be changed.",
        )
    const found = resolveEntry(entry ?? defaultEntry(cwd), cwd)
    if (found.kind === "bytecode")
        throw new UserError(
            "E_NOT_A_PROGRAM",
            `${found.name} is compiled: name the source to edit.`,
        )
    const options = readRunFlags(flags, cwd, { entry, stderr })
    const aim = readAim(flags, options.board)
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        const project = findProject(found)
        const workshop = new Workshop(project, relative(project, found.path), program)
        const fixed = await fixProgram(loadVm(), workshop, {
            ...options,
            ...{ cwd, signal, aim },
            ...(flags.only && { only: flags.only }),
            onStep: text => progress.show(text),
        })
        progress.clear()
        if (flags.write && !fixed.report.interrupted) await write(fixed)
        const { report } = fixed
        if (flags.json) stdout.write(toJson(report, 2) + "\n")
        else stdout.write(renderFix(report, styleFor(stdout, flags.color)) + "\n")
        if (report.interrupted) return EXIT.interrupted
        const isLeft = report.changes.some(({ verdict }) => verdict !== "kept")
        const isReached = report.aim !== undefined && report.aim.state === "met"
        const hasDied =
            report.after.outcome === "panicked" || report.after.outcome === "failed-text"
        return hasDied || (isLeft && !isReached) ? EXIT.failed : EXIT.ok
    } finally {
        progress.clear()
    }
}

/** Writes all files, if none of them has changed since it was read. @throws UserError naming the one that has */
async function write({ report, files }: FixedProgram): Promise<void> {
    for (const [path, { before }] of files)
        if (readText(path, path, MAX_SOURCE_BYTES) !== before)
            throw new UserError(
                "E_CHANGED",
                `${path} was changed while its program was being fixed: nothing is written. Run it again.`,
            )
    for (const [path, { after }] of files) await writeWhole(path, after)
    report.written = files.size > 0
}

/** @throws UserError naming a rule that there is not */
function checkRules(only: readonly string[]): void {
    const known = Object.keys(EDIT_RULES)
    const unknown = only.find(rule => !known.includes(rule))
    if (unknown !== undefined)
        throw new UserError(
            "E_VALUE",
            `--only ${unknown}: there is no such rule${instead(unknown, known)}`,
        )
}
