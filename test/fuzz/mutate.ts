/** Seeded randomness and what it does to inputs, for the fuzz drivers. */
export class Random {
    private state: number

    constructor(seed: number) {
        this.state = (seed * 2654435761) >>> 0 || 1
    }

    /** A whole number from 0 to below `limit`. */
    below(limit: number): number {
        // Marsaglia's xorshift: what matters is that the same seed gives the same inputs.
        this.state ^= this.state << 13
        this.state ^= this.state >>> 17
        this.state ^= this.state << 5
        return (this.state >>> 0) % limit
    }

    pick<T>(list: readonly T[]): T {
        return list[this.below(list.length)]!
    }
}

const BYTES = [0, 1, 0x0a, 0x1b, 0x22, 0x5c, 0x7f, 0x80, 0x9b, 0xf8, 0xfd, 0xfe, 0xff]

/** A few changes to bytes: flipped, set, taken out, doubled, cut off, put together with others. */
export function mutateBytes(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
    let bytes = random.pick(corpus)
    for (let changes = random.below(6); changes > 0; changes--) {
        const at = random.below(bytes.length + 1)
        const length = random.below(16)
        const some = bytes.subarray(at, at + length)
        switch (random.below(7)) {
            case 0:
                bytes = replaced(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << random.below(8))])
                break
            case 1:
                bytes = replaced(bytes, at, 1, [random.pick(BYTES)])
                break
            case 2:
                bytes = replaced(bytes, at, length, [])
                break
            case 3:
                bytes = replaced(bytes, at, 0, some)
                break
            case 4:
                bytes = bytes.slice(0, at)
                break
            case 5: {
                const fresh = Array.from({ length }, () => random.below(256))
                bytes = replaced(bytes, at, 0, fresh)
                break
            }
            default: {
                const other = random.pick(corpus)
                const from = random.below(other.length)
                bytes = replaced(bytes, at, length, other.subarray(from, 64))
            }
        }
    }
    // Not the corpus itself: whoever reads it may change it.
    return bytes.slice()
}

function replaced(bytes: Uint8Array, at: number, length: number, by: ArrayLike<number>) {
    const rest = bytes.subarray(at + length)
    const result = new Uint8Array(at + by.length + rest.length)
    result.set(bytes.subarray(0, at))
    result.set(by, at)
    result.set(rest, at + by.length)
    return result
}

const TEXTS = [
    "\u001b[2J",
    "\u009b31m",
    "\u202e",
    "\ud800",
    "\n",
    "\t",
    "\0",
    "=",
    "0",
    "-1",
    "\u{e0041}",
    "x".repeat(300),
]

/** The same of a text, in its own characters. */
export function mutateText(random: Random, corpus: readonly string[]): string {
    let text = random.pick(corpus)
    for (let changes = random.below(5); changes > 0; changes--) {
        const at = random.below(text.length + 1)
        const end = at + random.below(8)
        const put =
            random.below(2) === 0
                ? random.pick(TEXTS)
                : random.below(2) === 0
                  ? ""
                  : random.pick(corpus).slice(random.below(20), 40)
        text = text.slice(0, at) + put + text.slice(end)
    }
    return text
}

const VALUES: readonly unknown[] = [
    ...[
        null,
        true,
        0,
        -1,
        1,
        0.5,
        2 ** 31,
        2 ** 32,
        2 ** 53,
        1e300,
        -0,
        "",
        "constructor",
        "__proto__",
    ],
    ...["\u001b[2J\u202e", "\ud800", "a".repeat(2000), [], {}, [[[[]]]], [1, 2, 3], { to: 0 }],
]

/**
 * A JSON value like `value` with a few members replaced, taken out, doubled or exchanged. What did not
 * change is shared with it: copying all of a large value would take longer than reading it.
 */
export function mutateJson(random: Random, value: unknown): unknown {
    let changed = value
    for (let changes = random.below(4); changes > 0; changes--)
        changed = mutateMember(random, changed)
    return changed
}

function mutateMember(random: Random, parent: unknown): unknown {
    const keys = typeof parent === "object" && parent !== null ? Object.keys(parent) : []
    if (keys.length === 0) return parent
    const copy: Record<string, unknown> = Object.assign(Array.isArray(parent) ? [] : {}, parent)
    const key = random.pick(keys)
    const child = copy[key]
    if (typeof child === "object" && child !== null && random.below(8) > 0) {
        copy[key] = mutateMember(random, child)
        return copy
    }
    const action = random.below(4)
    if (action === 0) delete copy[key]
    else if (action === 1) copy[key] = copy[random.pick(keys)]
    else if (typeof child === "number" && action === 2) copy[key] = child + random.below(5) - 2
    else copy[key] = random.pick(VALUES)
    return copy
}
