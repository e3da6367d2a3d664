import * as v from "valibot"
import { KeptValue, type KeptTexts } from "./kept-value"

/** Texts by path; null for a file that was deleted. */
export type Edits = Readonly<Record<string, string | null>>

const Kept = v.record(
    v.pipe(v.string(), v.maxLength(200)),
    v.record(v.pipe(v.string(), v.maxLength(200)), v.nullable(v.string())),
)

const KEY = "heapscope.edits"
/** Of everything together, in characters: browsers give a site some five million. */
const MAX_LENGTH = 2_000_000

/**
 * What the reader has changed of each program that comes along, by its address: kept in the browser's
 * storage for this site, so that a reload loses nothing. Where there is no storage, nothing is kept.
 */
export class KeptEdits {
    private readonly kept: KeptValue<Record<string, Edits>>

    constructor(storage: KeptTexts | undefined) {
        this.kept = new KeptValue<Record<string, Edits>>(storage, KEY, Kept, MAX_LENGTH)
    }

    /** What was changed of a program; none of it for most. */
    of(id: string): Edits {
        return this.read()[id] ?? {}
    }

    /**
     * @param now texts by path
     * @param original the same as the program comes
     * @returns whether it is kept
     */
    keep(id: string, now: Readonly<Record<string, string>>, original: typeof now): boolean {
        const edits: Record<string, string | null> = {}
        for (const [path, text] of Object.entries(now))
            if (original[path] !== text) edits[path] = text
        for (const path of Object.keys(original)) if (!Object.hasOwn(now, path)) edits[path] = null
        const { [id]: _, ...others } = this.read()
        const kept = Object.keys(edits).length > 0 ? { ...others, [id]: edits } : others
        return this.kept.write(kept)
    }

    forget(id: string): void {
        const { [id]: _, ...others } = this.read()
        this.kept.write(others)
    }

    private read(): Record<string, Edits> {
        return this.kept.read() ?? {}
    }
}

/** A program's files with what was changed of them. */
export function withEdits(
    original: Readonly<Record<string, string>>,
    edits: Edits,
): Record<string, string> {
    const texts = Object.entries({ ...original, ...edits })
    return Object.fromEntries(texts.filter((file): file is [string, string] => file[1] !== null))
}
