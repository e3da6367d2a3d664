import { resolve } from "node:path"
import { compareRecordings, type Recorded } from "../analysis/recordings/compare-recordings"
import { ListenedTime } from "../analysis/recordings/listened-time"
import { RecordedRun } from "../analysis/recordings/recorded-run"
import { StretchFinder } from "../analysis/recordings/stretches"
import { UserError } from "../base/errors"
import { sleep } from "../base/pause"
import type { CompareRecordingsReport } from "../documents/compare-recordings-report"
import type { MemoryEvent } from "../model/events"
import { describeSkipped, RecordingReader } from "../recording/node/recording-reader"

/** Events after which others get a turn. */
const BURST = 5000

export interface CompareOptions {
    cwd: string
    signal: AbortSignal
    /** Is told what was left out. */
    notify: (text: string) => void
}

/**
 * Two recordings side by side; of one that holds several programs, the last.
 * @throws UserError when one cannot be read, or both are the same file
 */
export async function compareTwoRecordings(
    files: readonly [string, string],
    options: CompareOptions,
): Promise<CompareRecordingsReport> {
    const [pathA, pathB] = files.map(file => resolve(options.cwd, file))
    if (pathA === pathB)
        throw new UserError(
            "E_ARGUMENTS",
            `Both are ${files[0]}: name two recordings, or this one once to compare the two programs that it holds.`,
        )
    const [a, b] = [await lastOf(files[0], options), await lastOf(files[1], options)]
    return compareRecordings(a, b)
}

/**
 * The two programs of one recording side by side, told apart by their hashes: of more, the last two.
 * @throws UserError when it cannot be read, or does not hold two
 */
export async function compareWithin(
    file: string,
    options: CompareOptions,
): Promise<CompareRecordingsReport> {
    const all = await readRecorded(file, options)
    const [a, b] = all.slice(-2)
    if (!a || !b) {
        const found = a?.summary.program.sha256
            ? "holds one program alone"
            : "does not tell which program the board had"
        throw new UserError(
            "E_ARGUMENTS",
            `${file} ${found}: name a second recording to compare it with.`,
        )
    }
    if (all.length > 2)
        options.notify(`${file} holds ${all.length} programs: the last two are compared.`)
    return compareRecordings(a, b)
}

async function lastOf(file: string, options: CompareOptions): Promise<Recorded> {
    const all = await readRecorded(file, options)
    const last = all.at(-1)!
    if (all.length > 1)
        options.notify(
            `${file} holds ${all.length} programs: the last one, ${shortHash(last)}, is compared. Alone, \`heapscope compare ${file}\` compares the last two.`,
        )
    return last
}

function shortHash({ summary }: Recorded): string {
    return `SHA-256 ${(summary.program.sha256 ?? "").slice(0, 16)}…`
}

/** What a recording has of each program, in the order in which they were first there: one at least. */
async function readRecorded(file: string, options: CompareOptions): Promise<Recorded[]> {
    const path = resolve(options.cwd, file)
    // Which program it was is told after its first events: the file is read twice.
    const finder = new StretchFinder()
    const first = new RecordingReader(path)
    await forEach(first.events(), event => finder.add(event), options.signal)
    const skipped = describeSkipped(file, first.skipped)
    if (skipped !== undefined) options.notify(skipped)

    const { header } = first
    const { programs, stretches } = finder
    const hashes = programs.length > 0 ? programs : [undefined]
    const runs = new Map(hashes.map(hash => [hash, new RecordedRun(header)]))
    const time = new ListenedTime()
    let index = 0
    let stretch = 0
    const add = (event: MemoryEvent) => {
        while (stretches[stretch + 1] && stretches[stretch + 1]!.from <= index) stretch++
        index++
        const listenedMs = time.add(event)
        // What nobody named is of the first one that was.
        runs.get(stretches[stretch]!.sha256 ?? hashes[0])!.add(event, listenedMs)
    }
    await forEach(new RecordingReader(path).events(), add, options.signal)
    return [...runs].map(([hash, run]) => ({ run, summary: run.summary(file, hash) }))
}

async function forEach(
    events: Iterable<MemoryEvent>,
    add: (event: MemoryEvent) => void,
    signal: AbortSignal,
): Promise<void> {
    let burst = 0
    for (const event of events) {
        add(event)
        if (++burst % BURST === 0) await sleep(0, signal)
        signal.throwIfAborted()
    }
}
