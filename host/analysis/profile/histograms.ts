import type {
    AgeRow,
    Histograms,
    RowCounts,
    SizeRow,
    SurvivedRow,
} from "../../documents/profile/histograms"

/** A block that is live. */
export interface AgedBlock {
    bytes: number
    /** Simulated milliseconds since it was made. */
    ageMs: number
    /** That it lived through. */
    collections: number
}

/** What became of all blocks of a run. */
export interface BlockLives {
    /** By words of a block: how many were made. */
    sizes: ArrayLike<number>
    /** Blocks that lived through 1, 2, 4 ... collections at least; none for what nothing lived through. */
    survivors: readonly ({ blocks: number; bytes: number } | undefined)[]
    live: readonly AgedBlock[]
}

const WORD = 4
/** The least that a block takes. */
const SMALLEST_ROW = 8
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Rows of ages: up to so many milliseconds. */
const AGES = [1, 10, 100, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 24 * HOUR]

/** Sums the blocks of a run up by their size and age. Rows that nothing is in are left out at both ends. */
export function histogramsOf(lives: BlockLives): Histograms {
    return { sizes: sizeRows(lives), ages: ageRows(lives), survived: survivedRows(lives) }
}

function sizeRows({ sizes, live }: BlockLives): SizeRow[] {
    const rows = new Map<number, SizeRow>()
    const rowOf = (bytes: number) => {
        const atMostBytes = Math.max(SMALLEST_ROW, 2 ** Math.ceil(Math.log2(bytes)))
        const row = rows.get(atMostBytes) ?? { atMostBytes, ...noCounts() }
        rows.set(atMostBytes, row)
        return row
    }
    for (let words = 0; words < sizes.length; words++) {
        const made = sizes[words]!
        if (made === 0) continue
        const row = rowOf(words * WORD)
        row.allocations += made
        row.bytes += made * words * WORD
    }
    for (const { bytes } of live) addLive(rowOf(bytes), bytes)
    if (rows.size === 0) return []
    const [least, most] = [Math.min(...rows.keys()), Math.max(...rows.keys())]
    for (let bytes = least; bytes < most; bytes *= 2) rowOf(bytes)
    return [...rows.values()].sort((a, b) => a.atMostBytes - b.atMostBytes)
}

function ageRows({ live }: BlockLives): AgeRow[] {
    const rows: AgeRow[] = [...AGES, null].map(atMostMs => ({
        ...{ atMostMs, liveBlocks: 0, liveBytes: 0 },
    }))
    for (const { ageMs, bytes } of live)
        addLive(
            rows.find(({ atMostMs }) => atMostMs === null || ageMs <= atMostMs)!,
            bytes,
        )
    return withoutEnds(rows, ({ liveBlocks }) => liveBlocks > 0)
}

function survivedRows({ sizes, survivors, live }: BlockLives): SurvivedRow[] {
    let [blocks, bytes] = [0, 0]
    for (let words = 0; words < sizes.length; words++) {
        blocks += sizes[words]!
        bytes += sizes[words]! * words * WORD
    }
    const rows: SurvivedRow[] = []
    for (let i = 0; i <= survivors.length; i++) {
        const older = survivors[i] ?? { blocks: 0, bytes: 0 }
        rows.push({
            ...{ atLeastCollections: i === 0 ? 0 : 2 ** (i - 1), ...noCounts() },
            ...{ allocations: blocks - older.blocks, bytes: bytes - older.bytes },
        })
        ;({ blocks, bytes } = older)
    }
    for (const block of live)
        addLive(
            rows.findLast(row => row.atLeastCollections <= block.collections) ?? rows[0]!,
            block.bytes,
        )
    return rows
}

function addLive(row: Pick<RowCounts, "liveBlocks" | "liveBytes">, bytes: number): void {
    row.liveBlocks++
    row.liveBytes += bytes
}

function noCounts(): RowCounts {
    return { allocations: 0, bytes: 0, liveBlocks: 0, liveBytes: 0 }
}

function withoutEnds<T>(rows: readonly T[], isSome: (row: T) => boolean): T[] {
    return rows.slice(rows.findIndex(isSome), rows.findLastIndex(isSome) + 1)
}
