/** Looks kept. When full, every second one goes: a long life is told of as evenly as a short one. */
const MAX_LOOKS = 4096
/** From one look to the next at first, in milliseconds. */
const FIRST_EVERY_MS = 1000
/** What is live is looked at this much more seldom: each time the whole heap is marked. */
const LIVE_EVERY = 16
/** By then all is there that a program begins with, as a share of its life. */
const STARTED = 0.1
/** A function whose share of all growth is smaller tells nothing. */
const MIN_SHARE = 0.1

/** What the functions that leak had allocated by a moment. */
export interface Growth {
    atMs: number
    allocatedBytes: number
    /** The largest block that was live of it. */
    largestBytes: number
}

/** One look: by number of the function. */
interface Look {
    atMs: number
    allocated: Float64Array
    live?: Float64Array
    largest?: Float64Array
}

/**
 * What each function of a program allocates in a life that is simulated, and in the end, of those whose live bytes
 * grew: all that they ever allocated, moment by moment. What comes and goes beside them is left out.
 */
export class SiteGrowth {
    private readonly numbers = new Map<number, number>()
    private readonly byPc = new Map<number, number>()
    private totals = new Float64Array(64)
    private looks: Look[] = []
    private count = 0
    /** From one look to the next, in milliseconds. */
    everyMs = FIRST_EVERY_MS

    /** @param functionOf a number of the function that a pc is in: what one does goes at one pace */
    constructor(private readonly functionOf: (pc: number) => number) {}

    /** A block of so many bytes was allocated at a place. */
    allocated(pc: number, bytes: number): void {
        this.totals[this.numberOf(pc)]! += bytes
    }

    /** @param blocks asked for now and then: all that is live, with the place of each */
    look(atMs: number, blocks: () => Iterable<{ pc: number; bytes: number }>): void {
        const look: Look = { atMs, allocated: this.totals.slice(0, this.numbers.size) }
        if (this.count++ % LIVE_EVERY === 0) {
            // All that is live was allocated, so its function has a number.
            const live = (look.live = new Float64Array(this.numbers.size))
            const largest = (look.largest = new Float64Array(this.numbers.size))
            for (const { pc, bytes } of blocks()) {
                const place = this.numberOf(pc)
                live[place]! += bytes
                largest[place] = Math.max(largest[place]!, bytes)
            }
        }
        this.looks.push(look)
        if (this.looks.length <= MAX_LOOKS) return
        // Those that have seen what is live are among the ones that stay, the last one too.
        this.looks = this.looks.filter((_, i) => i % 2 === 0)
        this.count = 1
        this.everyMs *= 2
    }

    /** Of a life that is over. Empty where nothing grew. */
    get growth(): Growth[] {
        const seen = this.looks.filter(({ live }) => live !== undefined)
        const [last] = seen.slice(-1)
        const started = seen.find(({ atMs }) => atMs >= STARTED * (last?.atMs ?? 0))
        if (!last || !started) return []
        const grown = Array.from(last.live!, (bytes, i) => bytes - (started.live![i] ?? 0))
        const all = grown.reduce((sum, bytes) => sum + Math.max(0, bytes), 0)
        const places = [...grown.keys()].filter(
            place => grown[place]! > 0 && grown[place]! >= MIN_SHARE * all,
        )
        if (places.length === 0) return []
        let next = 0
        return this.looks.map(({ atMs, allocated }) => {
            while (next < seen.length - 1 && seen[next + 1]!.atMs <= atMs) next++
            const { largest } = seen[next]!
            return {
                atMs,
                allocatedBytes: places.reduce((sum, place) => sum + (allocated[place] ?? 0), 0),
                largestBytes: Math.max(...places.map(place => largest![place] ?? 0)),
            }
        })
    }

    private numberOf(pc: number): number {
        let number = this.byPc.get(pc)
        if (number !== undefined) return number
        const place = this.functionOf(pc)
        number = this.numbers.get(place) ?? this.numbers.size
        this.numbers.set(place, number)
        this.byPc.set(pc, number)
        if (number >= this.totals.length) {
            const larger = new Float64Array(2 * this.totals.length)
            larger.set(this.totals)
            this.totals = larger
        }
        return number
    }
}
