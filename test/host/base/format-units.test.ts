import { describe, expect, it } from "vitest"
import {
    formatByteRate,
    formatBytes,
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
    formatMemory,
    formatPercent,
    formatPoints,
    formatRate,
    formatRatio,
    formatSigned,
} from "../../../host/base/format-units"

describe("counts", () => {
    it.each([0, 7, 999, 1000, -1000, -999_999, 1_234_567, 2 ** 53 - 1, 1e21, 2.5, 1234.4])(
        "%d is written as everywhere in English",
        count => {
            expect(formatCount(count)).toBe(
                count.toLocaleString("en-US", { maximumFractionDigits: 0 }),
            )
        },
    )
})

describe("units for people", () => {
    it.each([
        [0, "0 B"],
        [4212, "4,212 B"],
        [9999, "9,999 B"],
        [10_000, "10.0 kB"],
        [12_345, "12.3 kB"],
        [65_524, "65.5 kB"],
        [999_949, "999.9 kB"],
        [999_950, "1.0 MB"],
        [1_234_567, "1.2 MB"],
        [2 ** 30, "1.1 GB"],
        [5e12, "5,000.0 GB"],
        [-12_345, "-12.3 kB"],
        [-312, "-312 B"],
    ])("%d bytes are %s", (bytes, text) => {
        expect(formatBytes(bytes)).toBe(text)
    })

    it.each([
        [0, "0 ms"],
        [0.25, "0.3 ms"],
        [250, "250 ms"],
        [999.6, "1 s"],
        [10_000, "10 s"],
        [42_100, "42.1 s"],
        [59_949, "59.9 s"],
        [59_960, "1 m"],
        [303_000, "5 m 03 s"],
        [3_599_600, "1 h"],
        [3_900_000, "1 h 05 m"],
        [86_400_000, "24 h"],
        [172_740_000, "47 h 59 m"],
        [172_800_000, "2 d"],
        [3_414_820_000, "39 d 13 h"],
        [-1500, "-1.5 s"],
    ])("%d ms are %s", (ms, text) => {
        expect(formatDuration(ms)).toBe(text)
    })

    it("counts one thing as one, and a memory in KiB", () => {
        expect([0, 1, 1022].map(count => formatCountOf(count, "block"))).toEqual([
            "0 blocks",
            "1 block",
            "1,022 blocks",
        ])
        expect([65_536, 40_960, 9000].map(formatMemory)).toEqual(["64 KiB", "40 KiB", "9,000 B"])
    })

    it.each([
        [0, "0 %"],
        [0.0004, "<0.1 %"],
        [0.031, "3.1 %"],
        [0.5, "50.0 %"],
        [0.9996, ">99.9 %"],
        [1, "100 %"],
    ])("a share of %d is %s", (share, text) => {
        expect(formatPercent(share)).toBe(text)
    })

    it.each([
        [null, "-"],
        [0, "0x"],
        [0.004, "<0.01x"],
        [0.31, "0.31x"],
        [1.24, "1.24x"],
        [12.43, "12.4x"],
        [1240, "1,240x"],
        [-2, "-2.00x"],
    ])("a ratio of %s is %s", (ratio, text) => {
        expect(formatRatio(ratio)).toBe(text)
    })

    it("writes rates, signs and points", () => {
        expect(formatByteRate(29_312)).toBe("29.3 kB/s")
        expect([0.2511, 2.91, 292.7, -140.75].map(formatRate)).toEqual([
            "0.25/s",
            "2.9/s",
            "293/s",
            "-141/s",
        ])
        expect([1204, -312, 0].map(bytes => formatSigned(bytes, formatBytesExact))).toEqual([
            "+1,204 B",
            "-312 B",
            "0 B",
        ])
        expect(formatPoints(-0.7721)).toBe("-77.2 points")
    })
})
