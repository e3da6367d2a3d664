import { toJson } from "../../base/json"
import type { Coming } from "../../documents/world-record"
import { lastAtMost } from "../../model/last-at-most"
import type { DoorNotes, Noted } from "../world/record/door-listener"
import type { DoorRecord } from "../world/record/door-player"
import type { DoorPlace } from "../world/world"

/** Answers and comings that are kept, and let go of, together. */
const CHUNK_ENTRIES = 1 << 15
/** What an entry takes: two numbers. Bytes. */
const ENTRY_BYTES = 16
/** What a text takes in memory beside itself, and what it stands for. Bytes. */
const TEXT_BYTES = 250

type WithoutTime<T> = T extends unknown ? Omit<T, "atUs"> : never

/** Some of what came through a door, one after the other. What is the same is kept once. */
interface Chunk {
    /** How much had come before it. */
    first: DoorPlace
    known: Map<string, number>
    values: (Noted | WithoutTime<Coming>)[]
    /** Of answers that were the same in a row: the number of the first, and which of the values. */
    answers: { numbers: number[]; values: number[] }
    comings: { atUs: number[]; values: number[] }
    bytes: number
}

/**
 * The record of a door while it is used, in bounded memory: when it is full, the oldest of it goes, and
 * with it the possibility to go back there.
 */
export class DoorLog implements DoorNotes, DoorRecord {
    private readonly chunks: Chunk[] = []
    private answers = 0
    private comings = 0
    private isOpen = false
    /** Called when all before a place was let go of. */
    onForgotten: ((place: DoorPlace) => void) | undefined

    /**
     * @param maxBytes what it may take, about
     * @param chunkEntries what is let go of at once
     */
    constructor(
        private readonly maxBytes: number,
        private readonly chunkEntries = CHUNK_ENTRIES,
    ) {}

    get place(): DoorPlace {
        const { answers, comings, isOpen } = this
        return { answers, comings, isOpen }
    }

    /** Bytes that it takes, about. */
    get bytes(): number {
        return this.chunks.reduce((sum, { bytes }) => sum + bytes, 0)
    }

    answered(answer: Noted): void {
        const chunk = this.chunk()
        const { numbers, values } = chunk.answers
        const value = valueOf(chunk, answer)
        if (values.at(-1) !== value) {
            numbers.push(this.answers)
            values.push(value)
            chunk.bytes += ENTRY_BYTES
        }
        this.answers++
    }

    came({ atUs, ...coming }: Coming): void {
        const chunk = this.chunk()
        chunk.comings.atUs.push(atUs)
        chunk.comings.values.push(valueOf(chunk, coming))
        chunk.bytes += ENTRY_BYTES
        this.comings++
        if (coming.kind === "connection") this.isOpen = coming.open
    }

    answer(number: number): Noted | undefined {
        const { answers, values } = this.chunkWith(number, "answers") ?? {}
        if (!answers || number >= this.answers) return undefined
        return values![answers.values[lastAtMost(answers.numbers, number)]!] as Noted
    }

    coming(number: number): Coming | undefined {
        const chunk = this.chunkWith(number, "comings")
        if (!chunk || number >= this.comings) return undefined
        const { comings, first, values } = chunk
        const index = number - first.comings
        return { ...values[comings.values[index]!]!, atUs: comings.atUs[index]! } as Coming
    }

    /** The chunk that the next entry goes to. */
    private chunk(): Chunk {
        const last = this.chunks.at(-1)
        if (last && last.answers.values.length + last.comings.values.length < this.chunkEntries)
            return last
        const made: Chunk = {
            first: this.place,
            ...{ known: new Map(), values: [], bytes: 0 },
            answers: { numbers: [], values: [] },
            comings: { atUs: [], values: [] },
        }
        this.chunks.push(made)
        while (this.chunks.length > 1 && this.bytes > this.maxBytes) {
            this.chunks.shift()
            this.onForgotten?.(this.chunks[0]!.first)
        }
        return made
    }

    private chunkWith(number: number, part: "answers" | "comings"): Chunk | undefined {
        return this.chunks[lastAtMost(this.chunks, number, ({ first }) => first[part])]
    }
}

function valueOf(chunk: Chunk, value: Noted | WithoutTime<Coming>): number {
    const { known, values } = chunk
    const text = toJson(value)
    const index = known.get(text)
    if (index !== undefined) return index
    known.set(text, values.length)
    chunk.bytes += 2 * text.length + TEXT_BYTES
    return values.push(value) - 1
}
