import { expect, test } from "vitest"
import { toFoldedStacks } from "../../../../host/sinks/files/folded-stacks"
import { framesOf } from "../../../../host/analysis/profile/profile-frames"
import { toHeapProfile, type HeapProfileNode } from "../../../../host/sinks/files/heap-profile"
import { FILE, sampleTree } from "../../analysis/profile/sample-profile"

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
