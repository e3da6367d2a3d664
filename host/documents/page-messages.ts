import * as v from "valibot"
import type { Allocated } from "../model/allocated"
import type { MemoryEvent } from "../model/events"
import type { SourceAbout } from "../model/flow"
import type { ProgramLayouts } from "./layout/program-layouts"
import type { LessonRun, LessonTitle } from "./lessons-report"
import type { SimReport } from "./sim-report"
import type { SizeReport } from "./size/size-report"
import type { Visit } from "../model/visit"
import type { Snapshot } from "./snapshot"

/**
 * What a tab of the live page is told, one message a frame of its WebSocket, as JSON. The events are
 * those of a recording. What a tab was too slow for has been merged so that every peak stays.
 */
export type PageMessage =
    | {
          kind: "hello"
          about: SourceAbout
          /** How the board is reached, for people. */
          how: string
          /** What it tells is long past. */
          isPast: boolean
          /** What may be asked for. */
          can: PageRequest["kind"][]
      }
    /** All up to here is told again: the source began anew, or went back. */
    | { kind: "again" }
    | { kind: "events"; events: MemoryEvent[] }
    /** What came of a request. */
    | { kind: "notice"; text: string }
    /** All that was on the heap at a moment: the answer to a request. */
    | { kind: "snapshot"; snapshot: Snapshot }
    /** What the program has allocated since somebody asked first. */
    | { kind: "allocated"; allocated: Allocated }
    /** The run's report up to now, with advice. */
    | { kind: "report"; report: SimReport }
    /** What takes the flash of the program. */
    | { kind: "size"; size: SizeReport }
    /** The types that the program declares, laid out for its board. */
    | { kind: "layouts"; layouts: ProgramLayouts }
    /** The lessons that there are. */
    | { kind: "lessons"; lessons: LessonTitle[] }
    /** One of them, its programs run on the real VM. */
    | ({ kind: "lesson" } & LessonRun)
    /** All that is known of what happened, to be kept: what is not told of again is left out. */
    | { kind: "kept"; events: MemoryEvent[] }
    /** A source of the program; without its text where nobody has it. */
    | { kind: "source"; file: string; text?: string }
    /** What the board was at a moment: the answer to a request, where there is no notice in its place. */
    | { kind: "visit"; visit: Visit }
    /** The source has told all, or nobody wants to see more. */
    | { kind: "over" }

/** The furthest that a recording goes on or back at once. Milliseconds. */
const MAX_SEEK_MS = 24 * 3600 * 1000

/** The longest name of a role that is taken. */
const MAX_NAME = 200
/** The same of a file. */
const MAX_FILE = 500

/** The longest line of the log that is looked for. */
const MAX_LINE = 250

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const atMs = v.pipe(v.number(), v.finite(), v.minValue(0))

const moment = v.variant("kind", [
    v.strictObject({ kind: v.literal("time"), atMs }),
    v.strictObject({ kind: v.literal("allocation"), number }),
    v.strictObject({ kind: v.literal("collection"), number }),
    v.strictObject({
        kind: v.literal("log"),
        atMs,
        text: v.pipe(v.string(), v.maxLength(MAX_LINE)),
    }),
    v.strictObject({ kind: v.literal("free"), address: count, allocations: count }),
])

const request = v.variant("kind", [
    /** The heap, exactly. */
    v.strictObject({ kind: v.literal("capture") }),
    /** Something to find this moment by. */
    v.strictObject({ kind: v.literal("mark") }),
    /** On or back in a recording, in milliseconds of who watches. */
    v.strictObject({
        kind: v.literal("seek"),
        byMs: v.pipe(v.number(), v.finite(), v.minValue(-MAX_SEEK_MS), v.maxValue(MAX_SEEK_MS)),
    }),
    /** Something of the board's world is pressed, turned or set by hand. */
    v.strictObject({
        kind: v.literal("hand"),
        name: v.pipe(v.string(), v.maxLength(MAX_NAME)),
        to: v.exactOptional(v.pipe(v.number(), v.finite())),
    }),
    /** All that is on the heap now, or was at a moment of the run. */
    v.strictObject({ kind: v.literal("snapshot"), at: v.exactOptional(moment) }),
    /** What the board was at a moment, or at what made a block or a hole that is there then. */
    v.strictObject({
        kind: v.literal("visit"),
        to: moment,
        maker: v.exactOptional(v.strictObject({ address: count, bytes: count })),
    }),
    /** What is allocated: asked again and again by who wants to see it grow. */
    v.strictObject({ kind: v.literal("allocated") }),
    /** The run's report, for which the run is done again. */
    v.strictObject({ kind: v.literal("report") }),
    /** What takes the flash of the program. */
    v.strictObject({ kind: v.literal("size") }),
    /** What the types take that the program declares. */
    v.strictObject({ kind: v.literal("layouts") }),
    /** The lessons that there are, or one of them, for which its programs are run. */
    v.strictObject({
        kind: v.literal("lesson"),
        name: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_NAME))),
    }),
    /** What happened, to be kept in a file. */
    v.strictObject({ kind: v.literal("kept") }),
    /** The text of a source of the program. */
    v.strictObject({
        kind: v.literal("source"),
        file: v.pipe(v.string(), v.maxLength(MAX_FILE)),
    }),
])

/** What a tab asks for. */
export type PageRequest = v.InferOutput<typeof request>

/** @returns what a tab sent, or undefined for what is no request */
export function readPageRequest(text: string): PageRequest | undefined {
    try {
        const result = v.safeParse(request, JSON.parse(text))
        return result.success ? result.output : undefined
    } catch {
        return undefined
    }
}
