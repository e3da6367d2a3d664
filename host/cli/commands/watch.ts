import type { Command } from "commander"
import { DEFAULT_FOR } from "../../api/run-settings"
import type { LoadedScenario } from "../../api/scenario/loaded-scenario"
import { UserError } from "../../base/errors"
import type { Source } from "../../model/flow"
import { valueName } from "../../sinks/report-kind"
import { SINKS } from "../../sinks/sinks"
import type { SourceKind, SourceRequest } from "../../tasks/source-kind"
import { SOURCES } from "../../tasks/sources"
import { buildEntry } from "../build-entry"
import { askWhichBoard } from "../choose-port"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { checkOutputs } from "../check-outputs"
import { Progress } from "../progress"
import { addSurroundings, defaultEntry, flagName, readRunFlags } from "../run-options"
import { givenIn, withScenario } from "../scenario/scenario-flag"
import { watchSource } from "../watch-source"

/** All as given; those of sources and sinks by the names in their tables. */
interface WatchFlags extends Record<string, unknown> {
    board?: string
    heap?: string
    for?: string
    sample?: string
    scenario?: string | LoadedScenario
    seed: string
    json?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope watch --sim                          this project's src/main.ts on a simulated Pico
  $ heapscope watch src/main.ts --board esp32s2 --record run.ndjson
  $ heapscope watch src/main.ts --speed 10x
  $ heapscope watch src/main.ts --web              and as a page, whose address it prints
  $ heapscope watch src/main.ts --show             with what its displays show
  $ heapscope watch --port auto --board esp32s2    what the agent in its program reports
  $ heapscope watch --port auto --exact-every 30s  and its heap exactly, now and then
  $ heapscope watch --port auto --no-exact         never: the program is not to stand still
  $ heapscope watch --port auto --metrics          its figures for Prometheus, at 127.0.0.1:9464/metrics
  $ heapscope watch src/main.ts --emulator firmware.uf2   on the Pico's real firmware, emulated
  $ heapscope watch --replay run.ndjson --speed 4x
  $ heapscope watch --replay run.ndjson --speed max --json | jq 'select(.kind == "panic")'

Keys: p pause, s exact, m mark, ? help, q quit.
Exit codes: 0 fine, 1 the program died, 2 wrong use, 130 interrupted.`

export function addWatchCommand(program: Command, act: Act): void {
    const command = program
        .command("watch")
        .description(
            "Shows a board's heap, structures and log as they change: on a terminal as a screen, elsewhere as lines, with --json as one event a line.",
        )
    command.argument(
        "[entry]",
        "a program to run on a simulated board, as --sim has it, or on --emulator's",
    )
    for (const { flag, text } of SOURCES) command.option(flag, text)
    for (const { flag, text, default: usual } of new Set(SOURCES.flatMap(own => own.flags ?? [])))
        command.option(flag, text, usual)
    for (const { flag, text = "", flags = [] } of SINKS) {
        if (flag !== undefined) command.option(flag, text)
        for (const { flag, text } of flags) command.option(flag, text)
    }
    command
        .option(
            "--board <id>",
            "the board: an id of `heapscope boards`, or a *.board.json file (default: the one that a simulated program imports as @dsboard, else pico, or one that has what the program uses)",
        )
        .option("--for <duration>", "end the simulation after this time (default: when you quit)")
        .option("--sample <duration>", "simulated time between samples", "100ms")
        .option("--show", "draw what a simulated board's displays and LED strips show")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: WatchFlags, command: Command) =>
            act(async context => {
                const asked = withEntry(entry, flags)
                refuseSimulated(command, asked)
                return watch(await withScenario(asked, givenIn(command), context), context)
            }),
        )
    addSurroundings(command)
}

/** What flags that switch something off begin with. */
const NEGATED = "--no-"

/** Longer than anybody watches: no step of a scenario is too late for it. */
const UNENDING = "365d"

/** What says how a board's world is to be: of a simulated board, and of one whose firmware is emulated. */
const WORLD = ["seed", "world"]
/** What says how a simulation is to be. */
const SIMULATED = [...["heap", "isSimulator", "for", "sample", "show"], "scenario", "trustConfig"]

/** @throws UserError for a flag that would be passed over, as nothing is simulated */
function refuseSimulated(command: Command, flags: WatchFlags): void {
    if (flags["sim"] !== undefined) return
    const refused = flags["emulator"] === undefined ? [...SIMULATED, ...WORLD] : SIMULATED
    const given = refused.find(name => command.getOptionValueSource(name) === "cli")
    if (given !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${flagName(given)} goes with a simulated board: name a program, or say --sim.`,
        )
}

/**
 * `watch src/main.ts` is `watch --sim src/main.ts`; beside `--emulator`, it is what that is to run.
 * @throws UserError beside another source or entry
 */
function withEntry(entry: string | undefined, flags: WatchFlags): WatchFlags {
    if (entry === undefined) return flags
    if (flags["emulator"] !== undefined && flags["program"] === undefined)
        return { ...flags, program: entry }
    const sim = flags["sim"] === true ? undefined : flags["sim"]
    if (
        sim !== undefined ||
        SOURCES.some(({ name }) => name !== "sim" && flags[name] !== undefined)
    )
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${entry} is a program to simulate, and something else is to be watched, too: name one. What runs on a real board is told by --program.`,
        )
    return { ...flags, sim: entry }
}

async function watch(flags: WatchFlags, context: CommandContext): Promise<ExitCode> {
    const files = SINKS.filter(({ isFile }) => isFile).map(({ name }) => [
        `--${name}`,
        flags[name] as string | undefined,
    ])
    const inputs = [...SOURCES.map(({ name }) => flags[name]), flags.program, flags.board]
    checkOutputs(context.cwd, Object.fromEntries(files), {
        inputs: inputs.filter(input => typeof input === "string"),
        json: flags.json,
    })
    return watchSource(await openSource(flags, context), flags, context)
}

async function openSource(
    flags: WatchFlags,
    { cwd, stderr, signal }: CommandContext,
): Promise<Source> {
    const chosen = SOURCES.filter(({ name }) => flags[name] !== undefined)
    const [kind] = chosen
    if (!kind || chosen.length > 1)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `say what to watch, one of: ${SOURCES.map(({ flag, what }) => `${flag} (${what})`).join(", ")}.`,
        )
    refuseFlagsOfOthers(kind, flags)
    const progress = new Progress(stderr, true)
    const request: SourceRequest = {
        cwd,
        flags,
        run: () =>
            readRunFlags(
                { ...flags, for: flags.for ?? (flags.scenario ? UNENDING : DEFAULT_FOR) },
                cwd,
                typeof flags["sim"] === "string" || flags["sim"] === true
                    ? { entry: flags["sim"] === true ? undefined : flags["sim"], stderr }
                    : undefined,
            ),
        build: entry => buildEntry(entry ?? defaultEntry(cwd), { cwd, signal, stderr }, progress),
        choose: askWhichBoard({ stderr, signal }, progress),
        notify: text => stderr.write(`heapscope: ${text}\n`),
        signal,
    }
    try {
        return await kind.open(flags[kind.name] as string | true, request)
    } finally {
        progress.clear()
    }
}

/** @throws UserError for a flag that says something of another source */
function refuseFlagsOfOthers(chosen: SourceKind, flags: WatchFlags): void {
    for (const one of SOURCES.flatMap(kind => kind.flags ?? []))
        if (one.elsewhere !== undefined && !chosen.flags?.includes(one) && isGiven(one.flag, flags))
            throw new UserError("E_FLAG_CONFLICT", one.elsewhere)
}

/** `--no-exact` is given when `exact` is false: without it, that is true. */
function isGiven(flag: string, flags: WatchFlags): boolean {
    return flag.startsWith(NEGATED)
        ? flags[valueName(`--${flag.slice(NEGATED.length)}`)] === false
        : flags[valueName(flag)] !== undefined
}
