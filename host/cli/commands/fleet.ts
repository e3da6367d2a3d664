import type { Command } from "commander"
import { basename, dirname, join, resolve } from "node:path"
import { loadConfig, loadConfigFile, NO_CONFIG, type LoadedConfig } from "../../api/load-config"
import { ProgramLives } from "../../api/threads/program-lives"
import { readBoardSettings, readSize, readTime } from "../../api/run-settings"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { sleep } from "../../base/pause"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import { PostMortems } from "../../analysis/fleet/post-mortems"
import { fleetReport } from "../../analysis/fleet/fleet-report"
import type { FleetOutput } from "../../sinks/fleet/fleet-output"
import { FLEET_OUTPUTS } from "../../sinks/fleet/fleet-outputs"
import { stateFolder } from "../../sinks/fleet/state-folder"
import { renderFleet } from "../../sinks/terminal/fleet-terminal"
import { Fleet } from "../../tasks/fleet/fleet"
import type { FleetRequest, FleetSource } from "../../tasks/fleet/fleet-source"
import { FLEET_SOURCES } from "../../tasks/fleet/fleet-sources"
import { askTrust } from "../ask-trust"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { defaultEntry } from "../run-options"

interface FleetFlags extends Record<string, unknown> {
    for?: string
    store?: string
    json?: boolean
    quiet?: boolean
    color: boolean
    trustConfig?: boolean
}

const DEFAULT_LIMIT = "64MB"
/** More than all outputs take to end, in milliseconds. */
const ENDS_MS = 30_000

const EXAMPLES = `
Examples:
  $ heapscope fleet                                    what heapscope.config.ts here says of its fleet
  $ heapscope fleet greenhouse.json                    another file of that kind
  $ heapscope fleet --simulate 1000 --metrics          try it out: figures of a thousand boards to scrape
  $ heapscope fleet --mqtt mqtt://broker.local:1883 --home-assistant mqtt://broker.local:1883
  $ heapscope fleet --port /dev/ttyACM0 tcp://10.0.0.7:8000 --metrics 0.0.0.0:9464

Secrets are in files or in the environment, which the configuration names: host/README.md has all of it.
Exit codes: 0 fine, 1 figures had to be given up, 2 wrong use, 130 interrupted.`

export function addFleetCommand(program: Command, act: Act): void {
    const command = program
        .command("fleet")
        .description(
            "Brings the figures of many boards at once into the monitoring that you run. Boards come and go; what nobody takes at the moment is kept on disk and sent later.",
        )
        .argument(
            "[config]",
            "the file that says which boards and where to (default: this folder's heapscope.config.ts, .js or .json)",
        )
    for (const { flag, text } of [...FLEET_SOURCES, ...FLEET_OUTPUTS].flatMap(kind => kind.flags))
        command.option(flag, text)
    command
        .option("--store <folder>", "keep what nobody takes at the moment here")
        .option("--for <duration>", "end after this time (default: when you quit)")
        .option("--trust-config", "run the configuration's code without asking")
        .option("--json", "print what became of it as JSON at the end")
        .option("--quiet", "no progress on stderr")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((file: string | undefined, flags: FleetFlags) =>
            act(context => runFleet(file, flags, context)),
        )
}

async function runFleet(
    file: string | undefined,
    flags: FleetFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    // What was heard last is sent, or kept; a second Ctrl-C does not wait for it.
    context.endsWithin?.(ENDS_MS)
    const loaded = await readConfig(file, flags, context)
    const config = loaded.config.fleet ?? {}
    const where = (path: readonly PropertyKey[]) => loaded.where(["fleet", ...path])
    const { limit = DEFAULT_LIMIT, folder } = config.store ?? {}
    const store = {
        folder: resolve(cwd, flags.store ?? folder ?? join(stateFolder(), "fleet")),
        limitBytes: readSize(where(["store", "limit"]), limit),
    }
    const forMs = flags.for === undefined ? undefined : readTime("--for", flags.for)
    const announce = (text: string) => void stderr.write(`heapscope: ${text}\n`)
    const fleet = new Fleet({ maxBoards: config.maxBoards, notify: announce })
    const lives = new ProgramLives({ cwd, notify: announce })
    const asked = FLEET_SOURCES.flatMap(kind => kind.fromFlags(flags))
    const sources = await openSources(
        [...(config.boards ?? []), ...asked],
        context,
        !flags.quiet,
        (board, program) => lives.of(board, program),
    )
    if (sources.length === 0)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "say which boards: in the fleet.boards of a heapscope.config.ts, or with --simulate, --port, --mqtt or --replay.",
        )
    const outputs: FleetOutput[] = []
    const postMortems = new PostMortems(incident => {
        for (const output of outputs) output.incident?.(incident)
    })
    const statuses = () => outputs.flatMap(output => output.status?.() ?? [])
    const began = performance.now()
    const over = AbortSignal.any([signal, ...(forMs === undefined ? [] : [ended(forMs, signal)])])
    try {
        const deaths = () => postMortems.sofar()
        const request = { cwd, env: process.env, stdout, store, announce, statuses, deaths }
        for (const kind of FLEET_OUTPUTS) {
            const own = config.outputs?.[kind.key as keyof typeof config.outputs]
            const settings = kind.fromFlags(flags) ?? own
            if (settings !== undefined)
                outputs.push(
                    await kind.open(settings, { ...request, boards: () => fleet.boards.values() }),
                )
        }
        if (outputs.length === 0)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `say where the figures go: in the fleet.outputs of a heapscope.config.ts, or with ${FLEET_OUTPUTS.flatMap(({ flags }) => flags.map(({ flag }) => flag.split(" ")[0])).join(", ")}.`,
            )
        fleet.listen(postMortems)
        for (const output of outputs) fleet.listen(output)
        await fleet.run(sources, over)
    } finally {
        await lives.close()
        // Of the last deaths nothing more comes.
        postMortems.summary()
        await Promise.all(outputs.map(output => output.close()))
    }
    const report = fleetReport(
        fleet,
        statuses(),
        Math.round(performance.now() - began),
        postMortems.summary(),
    )
    // Lines of JSON go on being nothing else.
    const isTaken = flags["ndjson"] === "-" || config.outputs?.ndjson?.file === "-"
    const to = isTaken ? stderr : stdout
    to.write(
        (flags.json ? toJson(report, 2) : renderFleet(report, styleFor(stdout, flags.color))) +
            "\n",
    )
    if (signal.aborted) return EXIT.interrupted
    return report.outputs.some(({ dropped }) => dropped > 0) ? EXIT.failed : EXIT.ok
}

/** The configuration that is named, or this folder's. @throws UserError when it cannot be used */
async function readConfig(
    file: string | undefined,
    { trustConfig, json }: FleetFlags,
    context: CommandContext,
): Promise<LoadedConfig> {
    const { cwd } = context
    const trust = { isAllowed: trustConfig === true, ask: askTrust(context, json) }
    if (file === undefined) return (await loadConfig(cwd, trust)) ?? NO_CONFIG
    const path = resolve(cwd, file)
    return loadConfigFile(dirname(path), basename(path), trust)
}

async function openSources(
    boards: readonly BoardsConfig[],
    { cwd, stderr, signal }: CommandContext,
    shows: boolean,
    life: FleetRequest["life"],
): Promise<FleetSource[]> {
    const progress = new Progress(stderr, shows)
    const sources: FleetSource[] = []
    try {
        for (const board of boards) {
            const kind = FLEET_SOURCES.find(({ key }) => key in board)!
            sources.push(
                await kind.open(board, {
                    ...{ cwd, env: process.env },
                    ...(life && { life }),
                    build: entry =>
                        buildEntry(entry ?? defaultEntry(cwd), { cwd, signal, stderr }, progress),
                    settings: ({ board, seed }, program) =>
                        readBoardSettings(
                            {
                                cwd,
                                ...(board !== undefined && { board }),
                                ...(seed !== undefined && { seed }),
                            },
                            program,
                        ),
                }),
            )
        }
    } finally {
        progress.clear()
    }
    return sources
}

/** Aborted after so long, and does not keep the process from ending. */
function ended(ms: number, signal: AbortSignal): AbortSignal {
    const end = new AbortController()
    void sleep(ms, signal).then(() => end.abort())
    return end.signal
}
