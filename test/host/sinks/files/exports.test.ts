import { Profile } from "pprof-format"
import { expect, test } from "vitest"
import type { Place } from "../../../../host/analysis/profile/source-places"
import type { CallNode, ProfileReport, Site } from "../../../../host/documents/profile-report"
import { toDhat } from "../../../../host/sinks/files/dhat"
import { toFoldedStacks } from "../../../../host/sinks/files/folded-stacks"
import { framesOf } from "../../../../host/analysis/profile/profile-frames"
import { toHeapProfile, type HeapProfileNode } from "../../../../host/sinks/files/heap-profile"
import { toPprof } from "../../../../host/sinks/files/pprof"
import { toLcov } from "../../../../host/sinks/files/lcov"
import { ProtoMessage } from "../../../../host/sinks/files/protobuf"
import { toTrace } from "../../../../host/sinks/files/trace-events"
import { noBoardTime } from "../../../../host/model/board-time"
import { FILE, sampleTree } from "../../analysis/profile/sample-profile"
import { sawtooth, steadyReport } from "../terminal/sample-run"

test("folded stacks: a line a stack, what was allocated last, nothing breaks the format", () => {
    expect(toFoldedStacks(framesOf(sampleTree(), "allocated")).split("\n")).toEqual([
        "main;map;[array] node_modules/lib/array.ts:13 600",
        `main;[map] ${FILE}:4 200`,
        `main;<b a="1">&,]]>;[string] ${FILE}:21 100`,
        `main;[activation] ${FILE}:5 100`,
        "(runtime);[bytes] 50",
        "",
    ])
})

test("frames are sized by the metric, and those of nothing left out", () => {
    const root = framesOf(sampleTree(), "live")
    expect(root.value).toBe(550)
    expect(root.children.map(({ name, value }) => [name, value])).toEqual([
        ["main", 500],
        ["(runtime)", 50],
    ])
    expect(root.children[0]!.children).toHaveLength(3)
    expect(framesOf(sampleTree(), "count").value).toBe(13)
})

test("functions without a name are told apart by their line", () => {
    const tree = { ...sampleTree(), function: "inline", line: 12 }
    expect(framesOf(tree, "count").name).toBe("inline:12")
})

test("Chrome's heap profile: its node structure, lines from 0, one script a file", () => {
    const { head, samples } = toHeapProfile(framesOf(sampleTree(), "allocated"))
    const ids: number[] = []
    const scripts = new Map<string, string>()
    const check = (node: HeapProfileNode): void => {
        expect(Object.keys(node)).toEqual(["callFrame", "selfSize", "id", "children"])
        expect(Object.keys(node.callFrame)).toEqual(
            "functionName scriptId url lineNumber columnNumber".split(" "),
        )
        const { scriptId, url } = node.callFrame
        expect(scripts.get(url) ?? scriptId).toBe(scriptId)
        scripts.set(url, scriptId)
        ids.push(node.id)
        node.children.forEach(check)
    }
    check(head)
    expect(head.callFrame).toMatchObject({ functionName: "(root)", url: "", lineNumber: -1 })
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(scripts.values()).size).toBe(scripts.size)
    expect(head.children[0]!.callFrame).toEqual({
        ...{ functionName: "main", scriptId: "1", url: FILE },
        ...{ lineNumber: 0, columnNumber: 0 },
    })
    expect(samples.map(({ size }) => size)).toEqual([600, 200, 100, 100, 50])
    expect(samples.every(({ nodeId }) => ids.includes(nodeId))).toBe(true)
})

const profile: ProfileReport = {
    ...{ ...steadyReport(), schema: "heapscope/profile@1", lines: [], functions: [] },
    ...{ total: sampleTree().total, tree: sampleTree() },
    histograms: { sizes: [], ages: [], survived: [] },
}

/** The stacks of a profile, the innermost call first, with what each allocated. */
function stacksOf(): { frames: string[]; line: number | undefined; site: Site }[] {
    const walk = (node: CallNode, callers: string[]): ReturnType<typeof stacksOf> => [
        ...node.sites.map(site => ({
            ...{ frames: [node.function, ...callers], line: site.line, site },
        })),
        ...node.children.flatMap(child =>
            walk(child, node === profile.tree ? [] : [node.function, ...callers]),
        ),
    ]
    return walk(profile.tree, [])
}

test("pprof: a library that reads it finds every stack, with what it allocated and what is live", () => {
    const read = Profile.decode(toPprof(profile))
    const text = (index: unknown) => read.stringTable.strings[Number(index)]
    expect(read.stringTable.strings[0]).toBe("")
    expect(read.sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([
        ["alloc_objects", "count"],
        ["alloc_space", "bytes"],
        ["inuse_objects", "count"],
        ["inuse_space", "bytes"],
    ])
    expect(text(read.defaultSampleType)).toBe("alloc_space")
    const locations = new Map(read.location.map(one => [Number(one.id), one]))
    const functions = new Map(read.function.map(one => [Number(one.id), one]))
    expect(locations.size).toBe(read.location.length)
    expect(functions.size).toBe(read.function.length)
    const stacks = read.sample.map(({ locationId, value, label }) => {
        const lines = locationId.map(id => locations.get(Number(id))!.line[0]!)
        return {
            frames: lines.map(line => text(functions.get(Number(line.functionId))!.name)),
            line: Number(lines[0]!.line) || undefined,
            values: value.map(Number),
            type: text(label[0]!.str),
        }
    })
    expect(stacks).toEqual(
        stacksOf().map(({ frames, line, site }) => ({
            ...{ frames, line, type: site.type },
            values: [site.allocations, site.bytes, site.liveBlocks, site.liveBytes],
        })),
    )
})

test("whole numbers of every size are as pprof's reader has them", () => {
    for (const value of [0, 1, 127, 128, 16_384, 2 ** 31, 2 ** 40 + 3, Number.MAX_SAFE_INTEGER]) {
        const bytes = new ProtoMessage().integer(10, value).text(6, "").toBytes()
        expect(Number(Profile.decode(bytes).durationNanos)).toBe(value)
    }
})

test("DHAT: fields of its version 2, frames from its table, and all bytes", () => {
    const { pps, ftbl, ...rest } = toDhat(profile)
    expect(rest).toMatchObject({ dhatFileVersion: 2, bklt: false, bkacc: false, te: 60_000 })
    // With lifetimes it would have to say these.
    for (const name of ["tuth", "tg"]) expect(rest).not.toHaveProperty(name)
    expect(ftbl[0]).toBe("[root]")
    expect(new Set(ftbl).size).toBe(ftbl.length)
    for (const { fs } of pps) for (const frame of fs) expect(frame).toBeLessThan(ftbl.length)
    expect(pps.reduce((sum, { tb }) => sum + tb, 0)).toBe(profile.total.bytes)
    expect(pps.reduce((sum, { tbk }) => sum + tbk, 0)).toBe(profile.total.allocations)
    expect(new Set(pps.map(({ fs }) => fs.join())).size).toBe(pps.length)
    expect(pps[0]!.fs.map(frame => ftbl[frame])).toEqual([`main (${FILE}:4) [map]`])
})

test("lcov: a record a file, lines in order, counts that are the profile's own", () => {
    const place = (file: string, line: number, bytes: number, library = false) => {
        const own = { bytes, allocations: bytes / 8, liveBytes: 0, liveBlocks: 0 }
        const boardTime = noBoardTime()
        return {
            place: `${file}:${line}`,
            file,
            line,
            library,
            own,
            self: own,
            types: {},
            boardTime,
        }
    }
    const lines = [
        ...[place("src/b.ts", 12, 800), place("src/a.ts", 3, 80), place("src/b.ts", 2, 16)],
        ...[place("src/a.ts", 9, 0), place("node_modules/x/y.ts", 1, 80, true)],
        { ...place("", 0, 40), place: "(runtime)", file: undefined, line: undefined },
    ] as ProfileReport["lines"]
    expect(toLcov({ lines }, "count")).toBe(
        "TN:\nSF:src/a.ts\nDA:3,10\nLF:1\nLH:1\nend_of_record\n" +
            "TN:\nSF:src/b.ts\nDA:2,2\nDA:12,100\nLF:2\nLH:2\nend_of_record\n",
    )
    expect(toLcov({ lines }, "allocated")).toContain("DA:12,800\n")
    expect(toLcov({ lines }, "live")).toBe("")
})

test("a trace has its events in order of time, each with what its kind demands", () => {
    const { traceEvents } = toTrace({
        name: "src/main.ts on pico",
        samples: sawtooth(60, 10),
        log: [{ atMs: 55, level: "log", text: "ready" }],
        allocations: [],
        allAllocations: 0,
    })
    const [first, ...others] = traceEvents
    expect(first).toEqual({
        ...{ name: "process_name", ph: "M", pid: 1, tid: 1 },
        args: { name: "src/main.ts on pico" },
    })
    const times = others.map(({ ts }) => ts!)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    for (const { ph, s, args, ts } of others) {
        expect(Number.isInteger(ts)).toBe(true)
        if (ph === "C") for (const value of Object.values(args)) expect(value).toBeTypeOf("number")
        else expect({ ph, s }).toEqual({ ph: "i", s: "p" })
    }
    expect(others.filter(({ name }) => name === "ready")).toHaveLength(1)
    const ran = others.filter(({ name }) => name === "collections")
    expect(ran.reduce((sum, { args }) => sum + Number(args.count), 0)).toBe(4)
})

test("a trace has the calls of each allocation, the same path once", () => {
    const place = (name: string, line: number, library = false): Place => ({
        function: { function: name, file: FILE, line: 1, library },
        line: { place: `${FILE}:${line}`, file: FILE, line, library },
    })
    const main = place("main", 9)
    const stacks = [[place("map", 3, true), main], [main], [place("map", 3, true), main]]
    const { traceEvents, stackFrames, otherData } = toTrace({
        ...{ name: "src/main.ts on pico", samples: [], log: [], allAllocations: 7 },
        allocations: stacks.map((calls, i) => ({ atMs: i, bytes: 8 + i, type: "array", calls })),
    })
    expect(Object.keys(stackFrames)).toHaveLength(2)
    const walk = (id: string | undefined): string[] =>
        id === undefined ? [] : [stackFrames[id]!.name, ...walk(stackFrames[id]!.parent)]
    expect(
        traceEvents.slice(1).map(({ sf, args, s, ts }) => [walk(sf), args.bytes, s, ts]),
    ).toEqual([
        [[`map ${FILE}:3`, `main ${FILE}:9`], 8, "t", 0],
        [[`main ${FILE}:9`], 9, "t", 1000],
        [[`map ${FILE}:3`, `main ${FILE}:9`], 10, "t", 2000],
    ])
    expect(otherData).toEqual({ allocations: "the first 3 of 7" })
})
