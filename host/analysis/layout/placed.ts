/** How fields are put one behind another. */
export interface Rule {
    /**
     * `declared`: as in C, or Rust's `repr(C)`. `reordered`: the largest alignment first, as Rust does, and
     * what a value never is serves to say that it is missing, or which variant it is.
     */
    order: "declared" | "reordered"
    /** Without padding: each field begins where the one before ends. */
    packed: boolean
}

/** What has a place in a record and no fields of its own. Offsets and sizes are bytes. */
export interface Part {
    /** As it is written: `place.x`; of a variant, after its label: `status(open).eta`. */
    name: string
    type: string
    at: number
    bytes: number
    alignment: number
}

/** What a field never holds, and can say something else by. */
export interface Niche {
    at: number
    bytes: number
    /** How many values it never has. */
    spare: number
}

/** A type in bytes. */
export interface Placed {
    bytes: number
    alignment: number
    parts: Part[]
    /** Of each byte, whether some field ever uses it. */
    used: boolean[]
    niche?: Niche
}

/** Puts one more thing behind what is there. */
export function append(all: Placed, of: Placed, name: string): void {
    const at = alignUp(all.bytes, of.alignment)
    grownTo(all, at)
    all.used.push(...of.used)
    all.bytes = at + of.bytes
    all.alignment = Math.max(all.alignment, of.alignment)
    all.parts.push(...of.parts.map(part => moved(part, at, name)))
    if (of.niche && of.niche.spare > (all.niche?.spare ?? 0))
        all.niche = { ...of.niche, at: at + of.niche.at }
}

/** A part as a part of something larger. */
export function moved(part: Part, by: number, owner: string): Part {
    const separator = owner === "" || part.name === "" || /^[(?]/.test(part.name) ? "" : "."
    return { ...part, at: part.at + by, name: `${owner}${separator}${part.name}` }
}

/** Adds padding behind it. */
export function grownTo(placed: Placed, bytes: number): Placed {
    while (placed.used.length < bytes) placed.used.push(false)
    placed.bytes = bytes
    return placed
}

export function alignUp(offset: number, alignment: number): number {
    return Math.ceil(offset / alignment) * alignment
}
