/**
 * Numbers for people: bytes, durations, percentages, ratios and differences, always with their
 * unit. Kilo is 1,000 here; 1,024 is written KiB, and only a memory's own size is. What these write,
 * `parseSize` and `parseDuration` of `parse-units.ts` read back.
 */

/** `1234567` as `1,234,567`; a fraction is rounded, half of one away from 0. */
export function formatCount(count: number): string {
    const whole = Math.round(Math.abs(count))
    // Intl takes as long to be loaded as a whole run of a small program.
    return Number.isSafeInteger(whole)
        ? (count < 0 && whole > 0 ? "-" : "") + grouped(String(whole))
        : count.toLocaleString("en-US", { maximumFractionDigits: 0 })
}

/** Puts a comma between thousands of a number's whole part. */
function grouped(digits: string): string {
    return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",")
}

/** A count and what is counted: `1 block`, `1,022 blocks`. */
export function formatCountOf(count: number, noun: string): string {
    return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`
}

/** A memory's own size, as its maker has it: `64 KiB`; one that is no whole number of KiB in bytes. */
export function formatMemory(bytes: number): string {
    return bytes % 1024 === 0 ? `${formatCount(bytes / 1024)} KiB` : formatBytesExact(bytes)
}

/** Every byte, for where exactness matters: `65,524 B`. */
export function formatBytesExact(bytes: number): string {
    return `${formatCount(bytes)} B`
}

/** Bytes for people: exact below 10 kB (`4,212 B`), three or four digits above (`12.3 kB`). */
export function formatBytes(bytes: number): string {
    const magnitude = Math.abs(bytes)
    if (magnitude < 10_000) return formatBytesExact(bytes)
    const units = ["kB", "MB", "GB"] as const
    for (const [i, unit] of units.entries()) {
        const value = Math.round(magnitude / 10 ** (3 * (i + 1) - 1)) / 10
        if (value < 1000 || unit === "GB") {
            return `${bytes < 0 ? "-" : ""}${grouped(value.toFixed(1))} ${unit}`
        }
    }
    throw new RangeError("unreachable: the last unit takes every value")
}

/** Events over time, three digits: `0.25/s`, `2.9/s`, `293/s`. */
export function formatRate(perSecond: number): string {
    const magnitude = Math.abs(perSecond)
    const digits = magnitude >= 100 ? 0 : magnitude >= 1 ? 1 : 2
    return `${perSecond.toLocaleString("en-US", { maximumFractionDigits: digits })}/s`
}

/** Bytes over time: `29.3 kB/s`. */
export function formatByteRate(bytesPerSecond: number): string {
    return `${formatBytes(bytesPerSecond)}/s`
}

/**
 * A duration in the largest unit that keeps it readable: `250 ms`, `42.1 s`, `5 m 03 s`,
 * `1 h 05 m`, `24 h`, `39 d 12 h`. Rounds to a tenth of a second below a minute, to a second below an
 * hour, to a minute below two days and to an hour above.
 */
export function formatDuration(ms: number): string {
    if (ms < 0) return `-${formatDuration(-ms)}`
    if (ms < 10) return `${stripZeros(ms.toFixed(1))} ms`
    if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`
    const tenths = Math.round(ms / 100)
    if (tenths < 600) return `${stripZeros((tenths / 10).toFixed(1))} s`
    const seconds = Math.round(ms / 1000)
    if (seconds < 3600) return twoUnits(seconds, "m", "s")
    const minutes = Math.round(ms / 60_000)
    if (minutes < 2 * 24 * 60) return twoUnits(minutes, "h", "m")
    return twoUnits(Math.round(minutes / 60), "d", "h")
}

/** A share of one as a percentage: `3.1 %`; nothing and all are whole, what is close says so. */
export function formatPercent(share: number): string {
    if (share > 0 && share < 0.001) return "<0.1 %"
    if (share > 0.999 && share < 1) return ">99.9 %"
    const isWhole = share === 0 || share === 1
    return `${(share * 100).toFixed(isWhole ? 0 : 1)} %`
}

/** A difference of two shares, in percentage points: `-77.2 points`. */
export function formatPoints(difference: number): string {
    return `${stripZeros((difference * 100).toFixed(1))} points`
}

/** A ratio: `0.31x`, `12.4x`; `-` when there is none (against zero). */
export function formatRatio(ratio: number | null): string {
    if (ratio === null) return "-"
    const magnitude = Math.abs(ratio)
    if (magnitude === 0) return "0x"
    if (magnitude >= 100) return `${formatCount(ratio)}x`
    if (magnitude < 0.01) return ratio > 0 ? "<0.01x" : ">-0.01x"
    return `${ratio.toFixed(magnitude >= 10 ? 1 : 2)}x`
}

/** Adds the sign of a difference, which `format` then writes: `+1,204 B`, `-312 B`, `0 B`. */
export function formatSigned(difference: number, format: (value: number) => string): string {
    const text = format(difference)
    return difference > 0 ? `+${text}` : text
}

function twoUnits(total: number, large: "d" | "h" | "m", small: "h" | "m" | "s"): string {
    const size = large === "d" ? 24 : 60
    const rest = total % size
    const head = `${formatCount((total - rest) / size)} ${large}`
    return rest === 0 ? head : `${head} ${String(rest).padStart(2, "0")} ${small}`
}

function stripZeros(text: string): string {
    return text.replace(/\.0+$/, "")
}
