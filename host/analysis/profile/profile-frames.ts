import { nameWithLine } from "../../model/program/nameless"
import { metricOf, type Metric } from "../../documents/cost"
import { RUNTIME, type CallNode } from "../../documents/profile-report"

/** A frame of a stack as viewers of profiles show them. What was allocated is itself the last frame. */
export interface Frame {
    name: string
    file?: string
    /** Of a call, where the function is declared; of what was allocated, where. From 1. */
    line?: number
    kind: "program" | "library" | "runtime" | "block"
    /** By the metric, all frames above it included. */
    value: number
    children: Frame[]
}

/** A call tree as frames, sized by a metric. What has nothing of it is left out. */
export function framesOf(tree: CallNode, by: Metric): Frame {
    const { function: name, file, line } = tree
    const calls = tree.children.map(child => framesOf(child, by))
    const blocks = tree.sites.map((site): Frame => ({
        name: `[${site.type}]`,
        ...(file !== undefined && { file }),
        ...(site.line !== undefined && { line: site.line }),
        kind: "block",
        value: metricOf(site, by),
        children: [],
    }))
    return {
        name: nameWithLine(name, line),
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        kind: name === RUNTIME ? "runtime" : tree.library ? "library" : "program",
        value: metricOf(tree.total, by),
        children: [...calls, ...blocks]
            .filter(({ value }) => value > 0)
            .sort((a, b) => b.value - a.value),
    }
}

/** `file:line`, as much of it as is known. */
export function framePlace({ file, line }: Pick<Frame, "file" | "line">): string {
    return [file, line].filter(part => part !== undefined).join(":")
}
