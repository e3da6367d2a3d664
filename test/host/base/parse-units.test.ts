import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../host/base/errors"
import { formatBytes, formatBytesExact, formatDuration } from "../../../host/base/format-units"
import { parseDuration, parseSize } from "../../../host/base/parse-units"

const YEAR_MS = 365 * 86_400_000
const GIB = 2 ** 30

describe("parseDuration", () => {
    it.each([
        ["250ms", 250],
        ["10s", 10_000],
        ["1.5s", 1500],
        ["5m", 300_000],
        ["90min", 5_400_000],
        ["24h", 86_400_000],
        ["2d", 172_800_000],
        ["1h30m", 5_400_000],
        [" 5 m 03 s ", 303_000],
        ["365d", YEAR_MS],
        ["0s", 0],
    ])("reads %j as %d ms", (text, ms) => {
        expect(parseDuration(text)).toBe(ms)
    })

    it.each([
        ["", "empty"],
        ["   ", "empty"],
        ["10", "unit is missing"],
        ["-5s", "negative"],
        ["NaN", "number followed by a unit"],
        ["Infinity", "number followed by a unit"],
        ["1e3s", '"e" is unknown'],
        ["5 weeks", '"weeks" is unknown'],
        ["5 constructor", '"constructor" is unknown'],
        ["5S", "number followed by a unit"],
        ["3s 1h", "from large to small"],
        ["1s 1s", "from large to small"],
        ["366d", "365 days"],
        [`${"9".repeat(400)}h`, "365 days"],
    ])("refuses %j: %s", (text, why) => {
        expect(() => parseDuration(text)).toThrow(UserError)
        expect(() => parseDuration(text)).toThrow(why)
        expect(() => parseDuration(text)).toThrow("for example 250ms, 10s, 5m or 24h")
    })

    it("names the value, without its control characters", () => {
        expect(() => parseDuration("\u001b[2Jsoon")).toThrow(String.raw`"\u001b[2Jsoon"`)
    })

    it("reads back what formatDuration writes, to its precision", () => {
        fc.assert(
            fc.property(fc.double({ min: 0, max: YEAR_MS, noNaN: true }), ms => {
                const steps = [1000, 60_000, 3_600_000, 2 * 86_400_000]
                const precisions = [0.5, 50, 500, 30_000, 1_800_000 + 30_000]
                const precision = precisions[steps.filter(step => ms >= step - 30_000).length]!
                const back = parseDuration(formatDuration(ms))
                expect(Math.abs(back - ms)).toBeLessThanOrEqual(precision + 1e-6)
            }),
        )
    })

    it("reads or refuses anything", () => {
        fc.assert(fc.property(durationLike, text => readsOrRefuses(parseDuration, text, YEAR_MS)))
    })
})

describe("parseSize", () => {
    it.each([
        ["1500", 1500],
        ["1500B", 1500],
        ["2kB", 2000],
        ["2KiB", 2048],
        ["40KiB", 40_960],
        ["1.5MB", 1_500_000],
        ["1.1kB", 1100],
        ["65,524 B", 65_524],
        ["1GiB", GIB],
        ["0", 0],
    ])("reads %j as %d B", (text, bytes) => {
        expect(parseSize(text)).toBe(bytes)
    })

    it.each([
        ["", "empty"],
        ["-1", "negative"],
        ["NaN", "not a number"],
        ["0x400", "not a number"],
        ["12.5", "whole number of bytes"],
        ["1.0001kB", "whole number of bytes"],
        ["40K", "1,000 or 1,024?"],
        ["40KB", "1,000 or 1,024?"],
        ["40 parsecs", '"parsecs" is unknown'],
        ["1 toString", '"toString" is unknown'],
        ["6,55", "not a number"],
        ["2GiB", "more than 1 GiB"],
        ["9".repeat(400), "more than 1 GiB"],
    ])("refuses %j: %s", (text, why) => {
        expect(() => parseSize(text)).toThrow(UserError)
        expect(() => parseSize(text)).toThrow(why)
        expect(() => parseSize(text)).toThrow("for example 1500, 2kB or 40KiB")
    })

    it("reads back what formatBytesExact writes, exactly", () => {
        fc.assert(
            fc.property(fc.nat(GIB), bytes => {
                expect(parseSize(formatBytesExact(bytes))).toBe(bytes)
            }),
        )
    })

    it("reads back what formatBytes writes, to half its last digit", () => {
        fc.assert(
            fc.property(fc.nat(999_999_999), bytes => {
                const precision = bytes < 10_000 ? 0 : bytes < 1e6 ? 50 : 50_000
                const back = parseSize(formatBytes(bytes))
                expect(Math.abs(back - bytes)).toBeLessThanOrEqual(precision)
            }),
        )
    })

    it("reads or refuses anything", () => {
        fc.assert(fc.property(sizeLike, text => readsOrRefuses(parseSize, text, GIB)))
    })
})

/** Strings near the grammar, where the surprises are, and any string. */
const pieces = (units: string[]) =>
    fc.oneof(
        fc.string(),
        fc
            .array(fc.constantFrom(..."0159.,-+ e", "999999999", "NaN", ...units), { maxLength: 8 })
            .map(parts => parts.join("")),
    )
const durationLike = pieces(["ms", "s", "m", "min", "h", "d", "S"])
const sizeLike = pieces(["B", "kB", "KiB", "MB", "MiB", "GB", "GiB", "KB"])

function readsOrRefuses(parse: (text: string) => number, text: string, most: number): void {
    let value: number
    try {
        value = parse(text)
    } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        return
    }
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(most)
}
