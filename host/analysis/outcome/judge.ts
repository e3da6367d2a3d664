import type { Judgement } from "../../documents/judgement"
import type { Leak } from "../../documents/leak"
import type { ScenarioReport } from "../../documents/scenario/scenario"
import type { HeapFigures, Outcome, StackUse, Trend } from "../../documents/sim-report"
import { STACK_LIMITS } from "../../model/figures"
import {
    formatBytes,
    formatBytesExact as exactly,
    formatCount,
    formatDuration,
    formatPercent,
} from "../../base/format-units"
import { MAX_BLOCK_BYTES } from "../../model/heap/object-sizes"
import { exceptionHints } from "./exception-hints"
import { limitOf, repetitionOf, type Limit, type SourceOf } from "./growth-in-source"
import type { Testimony } from "./run-witness"

/** All that a run is judged by. */
export interface RunFacts {
    program: { entry: string }
    board: { id: string; takenBecause?: string }
    outcome: Outcome
    /** Simulated time that was asked for, and that went by, in milliseconds. */
    forMs: number
    ranMs: number
    /** Somebody ended it. */
    isInterrupted: boolean
    /** The text it was to print. */
    untilText?: string | undefined
    heap: HeapFigures
    /** How near it came to the VM's other limits; of a real board nobody knows. */
    stack?: StackUse
    /** What a Raspberry Pi Pico takes for all that it did, in milliseconds; of a real board nobody knows. */
    boardMs?: number
    trend: Trend
    firstLiveBytes: number
    /** How often it started itself again. */
    restarts: number
    /** What it uses of the world and never got: names of its roles. */
    waitingFor: readonly string[]
    /** Some of what answered it was made up. */
    isMadeUp?: boolean
    /** What it spoke to left the machine, and was answered or not by whoever is there. */
    isOnRealNetwork?: boolean
    /** What else it asked for and nobody answered, in words: hosts, addresses of a bus. */
    unanswered?: readonly string[]
    /** Settings that it asked for and did not find. */
    missingSettings?: readonly string[]
    /** Hosts whose answers were made up. */
    madeUpHosts?: readonly string[]
    /** Where handlers of its own stand that nobody called. */
    idleHandlers?: readonly string[]
    /** How its scenario went, if it had one and is over. */
    scenario?: ScenarioReport | undefined
    seen: Testimony
    sourceOf: SourceOf
}

/** What is known once a verdict is found; `next` follows from the kind. */
type Finding = Omit<Judgement, "next">

/** A container that got fewer items than this since the warm-up may only be filling. */
const MIN_RISE = 12
/** Part of its life after which what may still stop growing is held not to. */
const LIFE_TOLD = 1 / 2
/** Live data beyond this share of the heap leaves no room for a bad day. */
const TIGHT_LIVE = 0.9
/** The largest free block has to hold this many of the largest request. */
const TIGHT_HOLE = 1.25
/** Beyond this share of the VM's limit of calls, or of instructions without waiting, little is missing. */
const TIGHT_STACK = 0.8
/** In so much time everything of a made-up world happens many times, in milliseconds. */
const LONG_MS = 10 * 60_000
/** A program that does nothing for this share of its time has not shown what it does. */
const IDLE = 0.9
/** Before this, what a program does at its start is much of all it did. Milliseconds. */
const SETTLED_MS = 1_000

/** Judges a run: the one place that says what it comes to. */
export function judge(facts: RunFacts): Judgement {
    const found = withScenario(withUnanswered(find(facts), facts.unanswered ?? []), facts)
    const finding = {
        ...found,
        evidence: [...found.evidence, ...whatItLacked(facts), ...tooMuch(facts)],
    }
    const next = nextStep(finding, facts)
    const places = [
        ...(facts.isMadeUp ? ["in a made-up world"] : []),
        ...(facts.isOnRealNetwork ? ["on the real network"] : []),
    ]
    const place = places.length > 0 ? `${places.join(", ")}: ` : ""
    return { ...finding, headline: place + finding.headline, ...(next && { next }) }
}

/**
 * A role that the program serves itself, and that is never bound: DeviceScript's library tells of its
 * services anew without saying that there are more of them, and the VM keeps the list it has.
 */
const LATE_SERVER =
    "What a program serves itself is found if it is started before the first of it has announced itself, half a second after: start all of it first."

/** What it was not given, or got without asking: a program that has a value of its own for such a case is fine with that. */
function whatItLacked({
    board,
    outcome,
    waitingFor,
    missingSettings = [],
    madeUpHosts = [],
    idleHandlers = [],
    ranMs,
}: RunFacts): string[] {
    const lacked = board.takenBecause === undefined ? [] : [board.takenBecause]
    if (outcome.kind === "running" && waitingFor.some(name => name.includes("[app:")))
        lacked.push(LATE_SERVER)
    if (missingSettings.length > 0)
        lacked.push(
            `It asked for settings that nobody gave it: ${missingSettings.join(", ")}. Put them into .env.defaults, or secrets into .env.local.`,
        )
    if (outcome.panicName === "unhandled-exception")
        lacked.push(...exceptionHints(outcome.message ?? "", board.id), ...madeUpBy(madeUpHosts))
    if (idleHandlers.length > 0 && ranMs >= LONG_MS)
        lacked.push(
            `Nobody called what stands at ${list(idleHandlers)} in all this time: what that takes did not happen.`,
        )
    return lacked
}

/** More work than its processor does in that time: simulated time passes only while a program waits. */
function tooMuch({ program, outcome, boardMs = 0, ranMs }: RunFacts): string[] {
    if (outcome.kind !== "running" || ranMs < SETTLED_MS || boardMs <= ranMs) return []
    return [
        `A Raspberry Pi Pico takes about ${formatDuration(boardMs)} for what it did in these ${formatDuration(ranMs)}: it would not keep up. "heapscope profile ${program.entry} --by time" says with what.`,
    ]
}

/** What may be wrong with answers that were made up. */
function madeUpBy(hosts: readonly string[]): string[] {
    const echoing = hosts.filter(url => /^wss?:/.test(url))
    const others = hosts.filter(url => !echoing.includes(url))
    const made: string[] = []
    if (others.length > 0)
        made.push(
            `What ${list(others)} answered was made up: fields of its own that the program reads there are missing.`,
        )
    if (echoing.length > 0)
        made.push(
            `What ${list(echoing)} sent were the program's own messages, given back: others that it waits for are missing.`,
        )
    return made
}

/** What nobody answered, too: a program that got no answer has not shown what it does with one. */
function withUnanswered(finding: Finding, unanswered: readonly string[]): Finding {
    if (unanswered.length === 0) return finding
    const names = list(unanswered)
    const evidence = [...finding.evidence, `Nobody answered ${names}.`]
    if (finding.severity !== "good") return { ...finding, evidence }
    const headline = `${finding.headline}, but nobody answered ${names}`
    return { ...finding, kind: "waiting", severity: "warning", headline, evidence }
}

/** What its scenario says of it: a run whose steps failed, or never came, is not good. */
function withScenario(finding: Finding, { scenario }: RunFacts): Finding {
    const wrong = scenario?.steps.filter(({ state }) => state !== "done") ?? []
    if (wrong.length === 0) return finding
    const [first] = wrong
    const lines = wrong
        .slice(0, MAX_STEPS_TOLD)
        .map(
            ({ where, step, state, atMs, saw }) =>
                `${where}: ${step}: ${state === "late" ? "never came to it" : "failed"}${atMs === undefined ? "" : ` at ${formatDuration(atMs)}`}: ${saw}.`,
        )
    const others = wrong.length - lines.length
    const told = [...lines, ...(others > 0 ? [`So did ${others} more.`] : [])]
    if (finding.severity === "bad") return { ...finding, evidence: [...finding.evidence, ...told] }
    const what = first!.state === "late" ? "never came to" : "failed at"
    const headline = `its scenario ${what} ${first!.step} (${first!.where})`
    return { ...bad("scenario", headline, told), evidence: [...told, `Else: ${finding.headline}.`] }
}

/** Steps that a judgement tells of; the report has all of them. */
const MAX_STEPS_TOLD = 5

/** What an outcome says of a death for want of memory: the judgement's own reason and words. */
export function deathInWords(
    { kind, evidence }: Judgement,
    { panicName, requestedBytes }: Outcome,
    { capacityBytes }: HeapFigures,
): Pick<Outcome, "verdict" | "message"> {
    if (panicName !== "out-of-memory" || requestedBytes === undefined) return {}
    const large = requestedBytes >= capacityBytes / 2 ? "big-request" : "growth"
    const verdict = kind === "leak" ? kind : kind === "fragmented" ? "fragmentation" : large
    return { verdict, message: evidence.join(" ") }
}

function find(facts: RunFacts): Finding {
    const { outcome, isInterrupted, untilText } = facts
    const ran = formatDuration(facts.ranMs)
    switch (outcome.kind) {
        case "panicked":
            return ofDeath(facts)
        case "failed-text":
            return bad("wrong-text", `printed the text that means failure, after ${ran}`)
        case "timed-out":
            return bad("stopped", `stopped by the timeout after ${ran} of simulated time`, [
                `${formatDuration(facts.forMs)} were asked for: it takes longer than --timeout allows.`,
            ])
    }
    if (isInterrupted) return stopped(facts)
    if (untilText !== undefined && outcome.kind !== "expected-text")
        return bad("wrong-text", `never printed ${JSON.stringify(untilText)} in ${ran}`, [
            stateOf(facts) + ".",
        ])
    return ofLife(facts)
}

function stopped(facts: RunFacts): Finding {
    const rest = ofLife(facts)
    // Whom nobody told how long to run is not broken off.
    if (rest.kind === "leak" || facts.forMs >= MAX_SHOWN_MS) return rest
    return {
        ...{ kind: "stopped", severity: "warning" },
        headline: `stopped by you at ${formatDuration(facts.ranMs)} of ${formatDuration(facts.forMs)}, ${stateOf(facts)}`,
        evidence: rest.kind === "fine" ? [] : [`Until then: ${rest.headline}.`],
    }
}

/** What is run next when nobody said how long: long enough for most caches to be full. */
const USUAL_MS = 600_000
/** Longer than anybody asks for: a run without an end. Milliseconds. */
const MAX_SHOWN_MS = 1e12

/** Of a run that its program survived. */
function ofLife(facts: RunFacts): Finding {
    const { outcome, seen, restarts, waitingFor, heap, trend } = facts
    const what = wentOn(facts)
    const [leak] = seen.leaks
    if (restarts > 0 && seen.leaksOfLives.length > 0) return ofRestarts(facts)
    if (leak) {
        const growing = ofGrowth(facts, leak)
        if (growing) return growing
    }
    if (restarts > 0) return ofRestarts(facts)
    const tight = ofRoom(facts) ?? ofStack(facts)
    if (tight) return tight
    if (!leak && trend.verdict === "growing" && trend.liveBytesPerHour > 0)
        return warning(
            "still-growing",
            `${what}, but the live heap still grows by ${formatBytes(trend.liveBytesPerHour)} an hour`,
            ["No container was seen to grow steadily: it may be filling up yet."],
        )
    const isIdle =
        outcome.kind === "running" && (seen.idleSinceMs ?? facts.ranMs) < facts.ranMs * (1 - IDLE)
    const unheard =
        waitingFor.length > 0
            ? [`${list(waitingFor)} never came: what the program does with it was not run.`]
            : []
    if (waitingFor.length > 0 && (isIdle || outcome.kind === "finished"))
        return warning("waiting", `${what}, waiting for ${list(waitingFor)}, which never came`, [
            "What the program does with it was not run: nothing is said of that.",
        ])
    if (isIdle)
        return warning(
            "not-exercised",
            `${what}, and did nothing after its first ${formatDuration(seen.idleSinceMs!)}: too little to tell`,
            [stateOf(facts) + "."],
        )
    const state = trend.verdict === "flat" ? "live heap flat at" : "live heap"
    return {
        ...{ kind: "fine", severity: "good" },
        headline: `${what}, ${state} ${formatBytes(heap.liveBytes)} of ${formatBytes(heap.capacityBytes)}`,
        evidence: unheard,
    }
}

/** What begins anew again and again loses what it has, and hides what it leaks. */
function ofRestarts(facts: RunFacts): Finding {
    const { seen, restarts, sourceOf } = facts
    const again = `${wentOn(facts)}, and started itself again ${times(restarts)}`
    const leak = seen.leaksOfLives.find(
        ({ path, items, filledAt }) =>
            items.to - items.from >= MIN_RISE &&
            !limitOf(path, filledAt, sourceOf) &&
            (!filledAt || repetitionOf([filledAt], sourceOf, false) !== "bounded"),
    )
    if (!leak) return warning("restarted", `${again}: each time it lost all it had in memory`)
    const { path, filledAt } = leak
    return {
        ...bad("leak", `${again}, with a leak: ${wordsFor(path)} never stops growing until then`, [
            `In one life ${grewText(leak)}`,
            "Each start begins with an empty one: the restarts hide the leak, and do not end it.",
        ]),
        ...(filledAt && { at: filledAt }),
        container: path,
    }
}

function ofGrowth(facts: RunFacts, leak: Leak): Finding | undefined {
    const { ranMs, sourceOf, seen } = facts
    const { path, items, filledAt, toMs, fromMs } = leak
    const limit = limitOf(path, filledAt, sourceOf)
    const repetition = filledAt ? repetitionOf([filledAt], sourceOf, false) : "unknown"
    const isOld = seen.death !== undefined && ranMs >= seen.death.atMs * LIFE_TOLD
    const isTold =
        isOld || (!limit && repetition !== "bounded" && items.to - items.from >= MIN_RISE)
    const grew = `${formatCount(items.from)} became ${formatCount(items.to)} in ${formatDuration(toMs - fromMs)}: ${formatBytes(leak.liveBytesPerHour)} an hour.`
    const death = seen.death && { death: seen.death }
    const common = { ...(filledAt && { at: filledAt }), container: path, ...death }
    if (!isTold)
        return {
            ...warning(
                "still-growing",
                `${wentOn(facts)}; ${wordsFor(path)} still grew at the end: not told yet whether it stops`,
                [grew, ...(limit ? [limitText(limit)] : [])],
            ),
            ...common,
        }
    const dies = seen.death ? `: out of memory after ${deathText(seen.death)}` : ""
    return {
        ...bad(
            "leak",
            `${wentOn(facts)}, with a leak: ${wordsFor(path)} never stops growing${dies}`,
            [
                grew,
                ...(seen.leaks.length > 1
                    ? [`So do ${list(seen.leaks.slice(1).map(other => wordsFor(other.path)))}.`]
                    : []),
            ],
        ),
        ...common,
    }
}

function limitText({ kind, line }: Limit): string {
    return kind === "removes"
        ? `Line ${line} takes something out of it, or looks how much is in it.`
        : `Line ${line} fills it under a condition, which may come to an end.`
}

/** `about 44 m (40 m to 48 m)`. */
export function deathText({ atMs, fromMs, toMs }: NonNullable<Judgement["death"]>): string {
    return `about ${formatDuration(roundedMs(atMs))} (${formatDuration(roundedMs(fromMs))} to ${formatDuration(roundedMs(toMs))})`
}

/** To three figures or so: more would promise too much. */
function roundedMs(ms: number): number {
    const unit = ms < 60_000 ? 100 : ms < 3_600_000 ? 1000 : ms < 86_400_000 ? 60_000 : 3_600_000
    return Math.round(ms / unit) * unit
}

/** Little room, or none for what the program asks for now and then. */
function ofRoom(facts: RunFacts): Finding | undefined {
    const { heap, seen } = facts
    const { capacityBytes, highWaterLiveBytes } = heap
    const left = capacityBytes - highWaterLiveBytes
    const share = highWaterLiveBytes / capacityBytes
    const { largestRequestBytes: request, largestHoleBytes: hole } = seen
    const isFull = share >= TIGHT_LIVE
    const isPinched = seen.holes !== undefined && request > 0 && hole < request * TIGHT_HOLE
    if (!isFull && !isPinched) return undefined
    const headline = isPinched
        ? `${wentOn(facts)}, but tight: the largest free block was ${exactly(hole)}, and it asks for up to ${exactly(request)}`
        : `${wentOn(facts)}, but tight: ${formatPercent(share)} of the heap were live, ${exactly(left)} from death`
    return warning("tight", headline, [
        `At most ${exactly(highWaterLiveBytes)} of ${exactly(capacityBytes)} were live; the largest free block that a collection left was ${exactly(hole)}.`,
    ])
}

/** Nearly too many calls open at once, or nearly too long without waiting. */
function ofStack(facts: RunFacts): Finding | undefined {
    const { deepestCall = 0, longestTurn = 0, mostFrameBytes = 0 } = facts.stack ?? {}
    const { calls, turn } = STACK_LIMITS
    if (deepestCall >= calls * TIGHT_STACK)
        return warning(
            "tight",
            `${wentOn(facts)}, but tight: ${deepestCall} of the ${calls} calls that the VM allows were open at once`,
            [`Their frames took ${exactly(mostFrameBytes)}. One call more than ${calls} ends it.`],
        )
    if (longestTurn < turn * TIGHT_STACK) return undefined
    return warning(
        "tight",
        `${wentOn(facts)}, but tight: it ran ${formatCount(longestTurn)} of the ${formatCount(turn)} instructions that the VM allows without waiting`,
        [
            "Waiting in between (await delay(1)) begins a new turn; without it the VM ends the program.",
        ],
    )
}

/** Of a death. */
function ofDeath(facts: RunFacts): Finding {
    const { outcome } = facts
    const after = `after ${formatDuration(facts.ranMs)}`
    const [at] = placesOf(outcome)
    if (outcome.panicName === "out-of-memory" && outcome.requestedBytes !== undefined)
        return ofMemory(facts, outcome.requestedBytes, `out of memory ${after}`)
    if (TOO_BIG.test(outcome.message ?? ""))
        return placed(
            bad("too-large", `${deathName(outcome)} ${after}: ${ONE_REQUEST}`, [
                outcome.message!,
                `It can never be met: no block can be larger than ${exactly(MAX_BLOCK_BYTES)}.`,
            ]),
            at,
        )
    return {
        ...bad("died", `${deathName(outcome)} ${after}`, outcome.message ? [outcome.message] : []),
        ...(at && { at }),
    }
}

/** What the runtime throws at a request that no heap can meet. */
const TOO_BIG = /RangeError: \w+ too big/
/** How a headline ends that is about such a request, or one larger than the heap. */
export const ONE_REQUEST = "one request too big"

/** The frames of a death in the program itself; libraries only carried the call there. */
function placesOf({ stack = [] }: Outcome) {
    const own = stack.filter(({ file }) => !file.includes("node_modules/"))
    return own.length > 0 ? own : stack
}

function ofMemory(facts: RunFacts, requestedBytes: number, died: string): Finding {
    const { outcome, heap, trend, firstLiveBytes, seen, sourceOf } = facts
    const { heaviest } = seen
    const stack = outcome.stack ?? []
    const own = placesOf(outcome)
    const [dead] = own
    const request =
        heap.freeBytes >= requestedBytes
            ? `The last request, ${exactly(requestedBytes)}, found no hole: ${exactly(heap.freeBytes)} were free, but in pieces of at most ${exactly(heap.largestFreeBytes)}.`
            : `The last request, ${exactly(requestedBytes)}, did not fit into the ${exactly(heap.freeBytes)} that were free.`
    if (requestedBytes > Math.min(heap.capacityBytes, MAX_BLOCK_BYTES))
        return placed(
            bad("too-large", `${died}: ${ONE_REQUEST}`, [
                `One request of ${exactly(requestedBytes)} can never be met: ` +
                    (requestedBytes > MAX_BLOCK_BYTES
                        ? `no block can be larger than ${exactly(MAX_BLOCK_BYTES)}.`
                        : `the whole heap has ${exactly(heap.capacityBytes)}.`),
            ]),
            dead,
        )
    const rise = heap.liveBytes - firstLiveBytes
    const resting = seen.restingLiveBytes ?? 0
    // It was not there when no call was at work last, and no variable holds it now.
    const isOfLeak = (seen.leaks[0]?.liveBytes.to ?? 0) >= seen.inHandBytes / 4
    if (
        !isOfLeak &&
        heap.liveBytes - resting >= seen.inHandBytes / 2 &&
        seen.inHandBytes > Math.max(rise, requestedBytes) / 2 &&
        seen.inHandBytes > heap.capacityBytes / 4
    )
        return placed(
            bad(
                "peak",
                `${died}: a peak inside one call, which had ${exactly(seen.inHandBytes)} in hand`,
                [
                    `Between its calls the program kept ${exactly(Math.min(resting, heap.liveBytes))}; no variable leads to what the call was at work on.`,
                    request,
                ],
            ),
            dead,
        )
    const [leak] = seen.leaks
    const filledAt = leak?.filledAt ?? heaviest?.filledAt?.frame
    const path = leak?.path ?? heaviest?.path
    const held = heaviest ? heaviest.bytes / heap.liveBytes : 0
    const repetition = repetitionAt(filledAt, facts)
    const isGrowth =
        rise >= heap.capacityBytes / 4 || (leak && leak.liveBytes.to >= heap.capacityBytes / 4)
    const isLeak = leak
        ? repetition !== "bounded"
        : repetition === "endless" && trend.verdict !== "flat"
    if (isGrowth && isLeak && path)
        return {
            ...bad("leak", `${died}: a leak, ${wordsFor(path)} never stops growing`, [
                heldText(facts, path),
                ...(leak ? [grewText(leak)] : []),
                ...(seen.leaks.length > 1
                    ? [`So do ${list(seen.leaks.slice(1).map(other => wordsFor(other.path)))}.`]
                    : []),
                request,
            ]),
            ...(filledAt && { at: filledAt }),
            container: path,
        }
    // What grows by itself needs ever larger blocks: that it found none is not the holes' fault.
    const isOfItsOwn =
        isGrowth && own.some(({ file, line }) => file === filledAt?.file && line === filledAt.line)
    if (heap.freeBytes >= requestedBytes && !isOfItsOwn)
        return placed(fragmentedBy(facts, died, request), dead)
    const limit = path ? limitOf(path, filledAt, sourceOf) : undefined
    const madeAt = path === heaviest?.path ? heaviest?.madeAt?.frame : undefined
    return {
        ...placed(
            bad("too-large", `${died}: what it keeps is too large for this heap`, [
                ...(path && held > 1 / 4 ? [heldText(facts, path)] : []),
                ...(limit ? [limitText(limit)] : []),
                request,
            ]),
            (held > 1 / 4 ? (madeAt ?? filledAt) : undefined) ?? dead ?? stack[0],
        ),
        ...(path && held > 1 / 4 && { container: path }),
    }
}

function repetitionAt(filledAt: RunFacts["outcome"]["heldAt"] | Leak["filledAt"], facts: RunFacts) {
    const { outcome, sourceOf } = facts
    const stack = outcome.stack ?? []
    const own = placesOf(outcome)
    const onStack = own.findIndex(
        ({ file, line }) => file === filledAt?.file && line === filledAt.line,
    )
    if (onStack >= 0 || !filledAt)
        return repetitionOf(own.slice(Math.max(0, onStack)), sourceOf, stack.length < MAX_STACK)
    return repetitionOf([filledAt], sourceOf, false)
}

/** A stack this deep may have been cut. */
const MAX_STACK = 30

function fragmentedBy({ heap, seen }: RunFacts, died: string, request: string): Finding {
    const pins = seen.pinnedBy.filter(({ at }) => at)
    const [most] = pins
    const who = pins
        .map(
            ({ at, blocks, bytes }) =>
                `${blocks === 1 ? "a block" : `${formatCount(blocks)} blocks`} of ${exactly(bytes)} in all made at ${at!.file}:${at!.line}`,
        )
        .join("; ")
    return bad("fragmented", `${died}: no hole large enough, the heap is fragmented`, [
        request,
        `Only ${exactly(heap.liveBytes)} of ${exactly(heap.capacityBytes)} were live.`,
        ...(most ? [`Between the holes stand ${who}.`] : []),
    ])
}

function heldText({ seen, heap }: RunFacts, path: string): string {
    const leak = seen.leaks.find(one => one.path === path)
    const bytes = seen.heaviest?.path === path ? seen.heaviest.bytes : (leak?.liveBytes.to ?? 0)
    return `${wordsFor(path)} held ${exactly(bytes)}, ${formatPercent(bytes / heap.liveBytes)} of what was live.`
}

/** A container as a person calls it: the runtime's own have no name in the program. */
function wordsFor(path: string): string {
    if (path === "timeouts") return "the list of timers (timeouts)"
    return path.startsWith("0x") ? "what a call was at work on" : path
}

function grewText({ items, fromMs, toMs, liveBytesPerHour }: Leak): string {
    return `${formatCount(items.from)} became ${formatCount(items.to)} in ${formatDuration(toMs - fromMs)}: ${formatBytes(liveBytesPerHour)} an hour.`
}

function deathName(outcome: Outcome): string {
    const code = outcome.panicCode === undefined ? "" : ` (${outcome.panicCode})`
    switch (outcome.panicName) {
        case "out-of-memory":
            return "out of memory"
        case "stack-overflow":
            return "stack overflow"
        case "unhandled-exception":
            return "unhandled exception"
        case "endless-loop":
            return "too long without waiting"
        case "bad-program":
            return "the VM refused the program"
        case "program-panic":
            return `the program panicked${code}`
        case "firmware-fault":
            return "the firmware failed"
        default:
            return `panic${code}`
    }
}

function wentOn({ outcome, ranMs }: RunFacts): string {
    const ran = formatDuration(ranMs)
    if (outcome.kind === "expected-text") return `printed the expected text after ${ran}`
    return outcome.kind === "finished" ? `finished after ${ran}` : `ran ${ran}`
}

function stateOf({ heap }: RunFacts): string {
    return `live heap ${formatBytes(heap.liveBytes)} of ${formatBytes(heap.capacityBytes)}`
}

function bad(kind: Judgement["kind"], headline: string, evidence: string[] = []): Finding {
    return { kind, severity: "bad", headline, evidence }
}

function warning(kind: Judgement["kind"], headline: string, evidence: string[] = []): Finding {
    return { kind, severity: "warning", headline, evidence }
}

function placed(finding: Finding, at: Judgement["at"]): Finding {
    return at
        ? {
              ...finding,
              at: { function: at.function, file: at.file, line: at.line, column: at.column },
          }
        : finding
}

function times(count: number): string {
    return count === 1 ? "once" : count === 2 ? "twice" : `${formatCount(count)} times`
}

function list(names: readonly string[]): string {
    const shown = names.slice(0, 3)
    const more = names.length - shown.length
    if (more > 0) return `${shown.join(", ")} and ${formatCount(more)} more`
    return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`
}

/** The command that brings one further, and why. */
function nextStep({ kind }: Finding, facts: RunFacts): Judgement["next"] {
    const entry = shellWord(facts.program.entry)
    const run = `${entry} --board ${shellWord(facts.board.id)}`
    const forMs = facts.forMs < MAX_SHOWN_MS ? facts.forMs : Math.max(USUAL_MS, facts.ranMs)
    const asked = `--for ${formatFor(forMs)}`
    switch (kind) {
        case "leak":
        case "too-large":
        case "peak":
            return {
                command: `heapscope sim ${run} ${asked} --advice`,
                why: "what ends it, in code",
            }
        case "fragmented":
        case "tight":
            return { command: `heapscope sim ${run} ${asked} --advice`, why: "what gives it room" }
        case "still-growing":
            return {
                command: `heapscope sim ${run} --leaks --for ${formatFor(longer(facts))}`,
                why: "long enough to tell",
            }
        case "not-exercised":
            return {
                command: `heapscope sim ${run} --for ${formatFor(forMs * 10)}`,
                why: "until it has something to do",
            }
        case "died":
            // A board tells no more of it than its code.
            if (facts.outcome.panicName === "out-of-memory")
                return {
                    command: `heapscope sim ${run} ${asked} --leaks`,
                    why: "what it kept, and the line",
                }
            return { command: `heapscope sim ${run} ${asked} --log run.log`, why: "its whole log" }
        case "stopped":
        case "wrong-text":
        case "scenario":
        case "restarted":
            return { command: `heapscope sim ${run} ${asked} --log run.log`, why: "its whole log" }
        case "waiting":
            return { command: `heapscope explain role`, why: "how a program gets its sensors" }
        case "fine":
            return { command: `heapscope check ${entry}`, why: "so that it stays so" }
    }
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
    return /^[\w./:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Until it is dead, or four times as long. */
function longer({ ranMs, seen }: RunFacts): number {
    return seen.death && seen.death.toMs < 20 * ranMs ? seen.death.toMs : 4 * ranMs
}

/** A duration as a flag has it, rounded up: `20m`. */
function formatFor(ms: number): string {
    const units = [
        { ms: 3_600_000, name: "h", least: 5 * 3_600_000 },
        { ms: 60_000, name: "m", least: 2 * 60_000 },
        { ms: 1000, name: "s", least: 1000 },
    ]
    const unit = units.find(({ ms: one, least }) => ms >= least || ms % one === 0)
    return unit && ms >= unit.ms ? `${Math.ceil(ms / unit.ms)}${unit.name}` : `${Math.ceil(ms)}ms`
}
