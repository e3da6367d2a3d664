import { expect, test } from "vitest"
import {
    checkRuntime,
    isKnownRuntime,
    takesProgram,
    versionOfProgram,
} from "../../../host/link/deploy/runtime-version"

const image = (major: number, minor: number, patch: number) =>
    Uint8Array.from([...Array<number>(8).fill(0), patch & 0xff, patch >> 8, minor, major])

test("a program says what it was compiled for", () => {
    expect(versionOfProgram(image(2, 16, 300))).toBe("2.16.300")
})

test.each([
    ["2.16.4", 2, 16, true],
    ["2.16.0", 2, 16, true],
    ["2.17.0", 2, 16, true],
    ["2.15.9", 2, 16, false],
    ["3.16.0", 2, 16, false],
    ["1.99.0", 2, 16, false],
])("%s takes a program for %i.%i: %s", (runtime, major, minor, takes) => {
    expect(takesProgram(runtime, image(major, minor, 4))).toBe(takes)
})

test("one minor release's heap is known", () => {
    expect(["2.16.0", "2.16.4", "2.17.0", "2.1.6", "3.16.0"].map(isKnownRuntime)).toEqual([
        ...[true, true, false, false, false],
    ])
    expect(() => checkRuntime("2.15.0")).toThrow(/Nothing exact is told/)
    expect(() => checkRuntime("2.16.2")).not.toThrow()
})
