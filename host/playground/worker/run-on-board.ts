import { readRunSettings } from "../../api/run-settings"
import { buildProgram } from "../../compiler/node/build"
import type { SimReport } from "../../documents/sim-report"
import type { Source } from "../../model/flow"
import type { Program } from "../../model/program/program"
import { loadVm } from "../../simulator/node/load-vm"
import { run } from "../../simulator/run"
import { simulatedBoard } from "../../tasks/watch-sim"
import type { RunFlags, RunRequest } from "../board-messages"

/** Where a run says what it does. */
export interface RunNotes {
    progress(text: string): void
    notice(text: string): void
    signal: AbortSignal
    /** Is so once somebody begins to edit. */
    editing: Promise<void>
}

/** A live run goes on for as long as somebody looks. */
const UNENDING = "10s"

async function settingsOf({ cwd, entry, flags }: RunRequest, notice: (text: string) => void) {
    const { scenario, ...others } = withoutUndefined(flags)
    const loaded = scenario === undefined ? undefined : await scenarioOf(scenario, cwd)
    return { ...others, cwd, onNotice: notice, ...(loaded && { scenario: loaded }), entry }
}

/** What the first program does without is fetched when it is needed. */
async function scenarioOf(name: string, cwd: string) {
    const { loadScenario } = await import("../../api/load-scenario")
    return loadScenario(name, cwd)
}

async function withAdvice(...run_: Parameters<typeof run>): ReturnType<typeof run> {
    const { adviseRun } = await import("../../tasks/advice-run")
    return adviseRun(...run_)
}

/**
 * A simulated board that runs a program, and is started anew whenever its files change: what the command
 * line does for `watch --sim <entry> --web`.
 * @throws UserError for what cannot be run
 */
export async function openBoard(request: RunRequest, notes: RunNotes): Promise<Source> {
    const { cwd, entry, flags } = request
    const settings = await settingsOf(request, notes.notice)
    return simulatedBoard.open(entry, {
        cwd,
        // A page stays open when the run is over.
        flags: { ...withoutUndefined(flags), web: true },
        run: () => readRunSettings({ ...settings, for: flags.for ?? UNENDING }, entry),
        build: (name = entry) => build(name, cwd, notes),
        choose: undefined,
        notify: notes.notice,
        signal: notes.signal,
        editing: notes.editing,
    })
}

/**
 * The report of a whole run: what the command line prints for `sim <entry> --json`.
 * @throws UserError for what cannot be run
 */
export async function reportOf(
    request: RunRequest,
    { advice = false, leaks = false }: { advice?: boolean; leaks?: boolean },
    notes: RunNotes,
): Promise<SimReport> {
    const { entry, cwd } = request
    const settings = readRunSettings(await settingsOf(request, notes.notice), entry)
    const program = await build(entry, cwd, notes)
    const { signal } = notes
    const { report: whole } = await (advice ? withAdvice : run)(loadVm(), {
        ...{ ...settings, program, leaks, signal },
    })
    signal.throwIfAborted()
    // Without `--samples` the command line leaves them out.
    const { samples: _, ...report } = whole
    return report
}

/** The program of a run, built. @throws UserError when it cannot be */
export function programOf({ entry, cwd }: RunRequest, notes: RunNotes): Promise<Program> {
    return build(entry, cwd, notes)
}

function build(entry: string, cwd: string, { progress, notice, signal }: RunNotes) {
    return buildProgram(entry, { cwd, signal, onProgress: progress, onWarning: notice })
}

function withoutUndefined(flags: RunFlags): RunFlags {
    return Object.fromEntries(
        Object.entries(flags).filter(([, value]) => value !== undefined),
    ) as RunFlags
}
