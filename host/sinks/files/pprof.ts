import type { CallNode, ProfileReport, Site } from "../../documents/profile-report"
import { ranMs } from "../../documents/sim-report"
import { ProtoMessage } from "./protobuf"

/** Fields of `perftools.profiles`, profile.proto. */
const PROFILE = {
    ...{ sampleType: 1, sample: 2, location: 4, function: 5, strings: 6, duration: 10 },
    ...{ periodType: 11, period: 12, comment: 13, defaultSampleType: 14 },
} as const
const VALUE_TYPE = { type: 1, unit: 2 } as const
const SAMPLE = { location: 1, value: 2, label: 3 } as const
const LABEL = { key: 1, text: 2 } as const
const LOCATION = { id: 1, line: 4 } as const
const LINE = { function: 1, line: 2 } as const
const FUNCTION = { id: 1, name: 2, systemName: 3, file: 4, startLine: 5 } as const

/** What Go's heap profiles have, by the same names. */
const SAMPLE_TYPES = [
    ["alloc_objects", "count"],
    ["alloc_space", "bytes"],
    ["inuse_objects", "count"],
    ["inuse_space", "bytes"],
] as const

/**
 * A profile as pprof reads it, not packed: a sample for each path of calls, line and type of block. Nothing
 * was sampled, every block is in it; what is in use is what the profile calls live.
 */
export function toPprof(profile: ProfileReport): Uint8Array {
    const { tree, program, board } = profile
    const strings = new Map([["", 0]])
    const index = (text: string) => {
        const known = strings.get(text) ?? strings.size
        strings.set(text, known)
        return known
    }
    const functions = new Map<string, ProtoMessage>()
    const locations = new Map<string, ProtoMessage>()
    const ids = new Map<string, number>()
    const idOf = (key: string) => {
        const known = ids.get(key) ?? ids.size + 1
        ids.set(key, known)
        return known
    }
    /** A place in a function, by its line. */
    const locate = ({ function: name, file = "", line = 0 }: CallNode, at: number) => {
        const functionKey = JSON.stringify([name, file, line])
        const functionId = idOf(functionKey)
        if (!functions.has(functionKey))
            functions.set(
                functionKey,
                new ProtoMessage()
                    .integer(FUNCTION.id, functionId)
                    .integer(FUNCTION.name, index(name))
                    .integer(FUNCTION.systemName, index(name))
                    .integer(FUNCTION.file, index(file))
                    .integer(FUNCTION.startLine, line),
            )
        const key = `${functionKey} ${at}`
        const id = idOf(key)
        if (!locations.has(key))
            locations.set(
                key,
                new ProtoMessage()
                    .integer(LOCATION.id, id)
                    .message(
                        LOCATION.line,
                        new ProtoMessage()
                            .integer(LINE.function, functionId)
                            .integer(LINE.line, at),
                    ),
            )
        return id
    }
    const samples: ProtoMessage[] = []
    const walk = (node: CallNode, callers: readonly number[]): void => {
        for (const site of node.sites)
            samples.push(
                new ProtoMessage()
                    .integers(SAMPLE.location, [locate(node, site.line ?? 0), ...callers])
                    .integers(SAMPLE.value, valuesOf(site))
                    .message(
                        SAMPLE.label,
                        new ProtoMessage()
                            .integer(LABEL.key, index("type"))
                            .integer(LABEL.text, index(site.type)),
                    ),
            )
        for (const child of node.children)
            walk(child, node === tree ? [] : [locate(node, node.line ?? 0), ...callers])
    }
    walk(tree, [])

    const valueType = ([type, unit]: readonly [string, string]) =>
        new ProtoMessage()
            .integer(VALUE_TYPE.type, index(type))
            .integer(VALUE_TYPE.unit, index(unit))
    const message = new ProtoMessage()
    for (const type of SAMPLE_TYPES) message.message(PROFILE.sampleType, valueType(type))
    for (const sample of samples) message.message(PROFILE.sample, sample)
    for (const location of locations.values()) message.message(PROFILE.location, location)
    for (const one of functions.values()) message.message(PROFILE.function, one)
    const period = valueType(["space", "bytes"])
    const comment = index(`${program.entry} on ${board.id}, simulated by heapscope`)
    const usual = index("alloc_space")
    for (const text of strings.keys()) message.text(PROFILE.strings, text)
    return message
        .integer(PROFILE.duration, Math.round(ranMs(profile) * 1e6))
        .message(PROFILE.periodType, period)
        .integer(PROFILE.period, 1)
        .integers(PROFILE.comment, [comment])
        .integer(PROFILE.defaultSampleType, usual)
        .toBytes()
}

function valuesOf({ allocations, bytes, liveBlocks, liveBytes }: Site): number[] {
    return [allocations, bytes, liveBlocks, liveBytes]
}
