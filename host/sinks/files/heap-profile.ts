import type { Frame } from "../../analysis/profile/profile-frames"

/** A node of Chrome's sampling heap profile (`HeapProfiler.SamplingHeapProfileNode` of its protocol). */
export interface HeapProfileNode {
    callFrame: {
        functionName: string
        scriptId: string
        url: string
        /** From 0; -1 when not known, as is the column. */
        lineNumber: number
        columnNumber: number
    }
    selfSize: number
    id: number
    children: HeapProfileNode[]
}

/** Chrome's sampling heap profile: what DevTools' Memory panel and speedscope open as `.heapprofile`. */
export interface HeapProfile {
    head: HeapProfileNode
    samples: { size: number; nodeId: number; ordinal: number }[]
}

/** Makes the profile Chrome would have taken. Sizes are exact here: nothing was sampled. */
export function toHeapProfile(root: Frame): HeapProfile {
    const scripts = new Map<string, string>()
    const samples: HeapProfile["samples"] = []
    let nodes = 0

    const scriptOf = (file: string | undefined): string => {
        if (file === undefined) return "0"
        const known = scripts.get(file) ?? String(scripts.size + 1)
        scripts.set(file, known)
        return known
    }
    const nodeOf = (frame: Frame, caller: string): HeapProfileNode => {
        const id = ++nodes
        const selfSize = frame.kind === "block" ? frame.value : 0
        if (selfSize > 0) samples.push({ size: selfSize, nodeId: id, ordinal: samples.length + 1 })
        return {
            callFrame: {
                // Viewers list what was allocated without its callers: it carries its function's name.
                functionName: frame.kind === "block" ? `${caller} ${frame.name}` : frame.name,
                scriptId: scriptOf(frame.file),
                url: frame.file ?? "",
                lineNumber: (frame.line ?? 0) - 1,
                columnNumber: frame.line === undefined ? -1 : 0,
            },
            selfSize,
            id,
            children: frame.children.map(child => nodeOf(child, frame.name)),
        }
    }
    return { head: nodeOf(root, ""), samples }
}
