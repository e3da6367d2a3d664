import { dirname, join, relative, resolve } from "node:path"
import type { Command } from "commander"
import { createColors } from "picocolors"
import { DEFAULT_BOARD } from "../../api/run-settings"
import { toJson } from "../../base/json"
import { packageRoot } from "../../base/node/package-root"
import { readText } from "../../base/node/read-file"
import { withSlashes } from "../../base/node/with-slashes"
import { checkWritable, writeWhole } from "../../base/node/write-file"
import { findBoard, listBoards } from "../../boards/node/find-board"
import { UserError } from "../../base/errors"
import { findLesson, LESSON_NAMES, listLessons, type Lesson } from "../../tasks/lesson/catalogue"
import { LESSONS_SCHEMA } from "../../documents/lessons-report"
import { lessonsReport, publicFacts } from "../../tasks/lesson/lessons-report"
import {
    strategyTable,
    TABLE_BEGIN,
    TABLE_END,
    tableIn,
    withTable,
} from "../../sinks/files/strategy-table"
import { studyLesson, type Study } from "../../tasks/lesson/study"
import { sweepLesson } from "../../tasks/lesson/sweep-lesson"
import { noteWritten } from "../../sinks/files/note-written"
import { terminalToSvg } from "../../sinks/svg/svg"
import { renderLessonSweep } from "../../sinks/terminal/lesson-sweep-terminal"
import { renderLessonList, renderStudies, renderStudy } from "../../sinks/terminal/lesson-terminal"
import { loadVm } from "../../simulator/node/load-vm"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"

interface LessonFlags {
    board: string
    all?: boolean
    /** `true` without a file. */
    markdown?: string | true
    sweep?: boolean
    svg?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope lesson                               what there is
  $ heapscope lesson bit-packing
  $ heapscope lesson string-building --board esp32s2
  $ heapscope lesson packed --sweep --svg sweep.svg   for less and more data
  $ heapscope lesson --all --json > lessons.json
  $ heapscope lesson --all --markdown README.md    put the table of all into a document

Exit codes: 0 fine, 1 a program of a lesson did not come to its end on this board, 2 wrong use, 130 interrupted.`

export function addLessonCommand(program: Command, act: Act): void {
    program
        .command("lesson")
        .description(
            "Runs a memory technique three times on the simulated board, the ordinary way, in the best plain code and with a structure of the library, and shows what each costs, the code that makes the difference, and why. Without a name: lists the lessons.",
        )
        .argument("[name]", "a lesson of the list")
        .option("--board <id>", "the board to be: an id of `heapscope boards`", DEFAULT_BOARD)
        .option("--all", "run all lessons, show them in one table")
        .option(
            "--markdown [file]",
            `with --all: the table as Markdown, without times; with a file: put it between the lines "${TABLE_BEGIN}" and "${TABLE_END}" there`,
        )
        .option(
            "--sweep",
            "run its programs with less and more data: what they take, from when on it pays, and where each dies",
        )
        .option("--svg <file>", "with --sweep: draw it, too")
        .option("--json", "print the result as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((name: string | undefined, flags: LessonFlags) =>
            act(context => lesson(name, flags, context)),
        )
}

async function lesson(
    name: string | undefined,
    flags: LessonFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { stdout, cwd } = context
    checkFlags(name, flags)
    const board = findBoard(flags.board)
    const style = styleFor(stdout, flags.color)
    if (name === undefined && !flags.all) {
        const lessons = listLessons()
        stdout.write(
            flags.json
                ? asDocument({ schema: LESSONS_SCHEMA, lessons: lessons.map(publicFacts) })
                : renderLessonList(lessons, style) + "\n",
        )
        return EXIT.ok
    }
    if (flags.sweep) return sweep(findLesson(name!), flags, context)
    const document = typeof flags.markdown === "string" ? resolve(cwd, flags.markdown) : undefined
    if (document !== undefined) {
        checkDocument(document)
        checkWritable(document)
    }
    const lessons = name === undefined ? listLessons() : [findLesson(name)]
    const studies = await study(lessons, flags, context)
    if (document !== undefined)
        await writeWhole(
            document,
            withTable(readText(document), strategyTable(studies, lessonsFrom(document))),
        )
    else if (flags.markdown) stdout.write(strategyTable(studies) + "\n")
    else if (flags.json) stdout.write(asDocument(lessonsReport(studies, board)))
    else if (name === undefined) stdout.write(renderStudies(studies, style) + "\n")
    else stdout.write(renderStudy(studies[0]!, board.id, style) + "\n")
    return EXIT.ok
}

async function sweep(
    lesson: Lesson,
    flags: LessonFlags,
    { stdout, stderr, signal, cwd }: CommandContext,
): Promise<ExitCode> {
    const picture = flags.svg === undefined ? undefined : resolve(cwd, flags.svg)
    if (picture !== undefined) checkWritable(picture)
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const found = await sweepLesson(loadVm(), lesson, {
            board: findBoard(flags.board),
            boards: listBoards(),
            signal,
            onProgress: text => progress.show(text),
        })
        progress.clear()
        const style = styleFor(stdout, flags.color)
        if (picture !== undefined) {
            const drawn = renderLessonSweep(found, { colors: createColors(true), width: 100 })
            await writeWhole(
                picture,
                terminalToSvg(drawn, `heapscope lesson ${lesson.name} --sweep`),
            )
            noteWritten(stderr, flags.quiet, [flags.svg])
        }
        stdout.write(flags.json ? asDocument(found) : renderLessonSweep(found, style) + "\n")
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

async function study(
    lessons: readonly Lesson[],
    flags: LessonFlags,
    { stderr, signal }: CommandContext,
): Promise<Study[]> {
    const progress = new Progress(stderr, !flags.quiet)
    const vm = loadVm()
    const studies: Study[] = []
    try {
        for (const lesson of lessons) {
            const place = `${LESSON_NAMES.indexOf(lesson.name) + 1} of ${LESSON_NAMES.length}`
            studies.push(
                await studyLesson(vm, lesson, {
                    board: findBoard(flags.board),
                    speed: !flags.markdown,
                    signal,
                    onProgress: text => progress.show(`${text} (${place})`),
                }),
            )
            signal.throwIfAborted()
        }
        return studies
    } finally {
        progress.clear()
    }
}

function checkFlags(
    name: string | undefined,
    { all, markdown, json, sweep, svg }: LessonFlags,
): void {
    if (sweep && name === undefined)
        throw new UserError("E_FLAG_CONFLICT", `--sweep is of one lesson: name it.`)
    if (svg !== undefined && !sweep)
        throw new UserError("E_FLAG_CONFLICT", `--svg draws a sweep: say --sweep, too.`)
    if (name !== undefined && all)
        throw new UserError("E_FLAG_CONFLICT", `Name a lesson or say --all, not both.`)
    if (markdown && !all)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--markdown is the table of all lessons: say --all, too.`,
        )
    if (markdown && json) throw new UserError("E_FLAG_CONFLICT", `Choose --markdown or --json.`)
}

function checkDocument(path: string): void {
    if (tableIn(readText(path)) === undefined)
        throw new UserError(
            "E_NO_PLACE",
            `${path} has no place for the table: put the lines ${TABLE_BEGIN} and ${TABLE_END} there.`,
        )
}

/** The lessons' folder, from where a document stands. */
function lessonsFrom(document: string): string {
    return withSlashes(relative(dirname(document), join(packageRoot(), "devs/lessons")))
}

/** A lesson without the places of its files on this machine. */
function asDocument(value: unknown): string {
    return toJson(value, 2) + "\n"
}
