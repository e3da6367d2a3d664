import { shorten } from "../../base/shorten"
import type { SizeDuplicate, SizePart, SizeReport, SizeSum } from "../../documents/size/size-report"
import { BUILTIN_STRINGS } from "../../model/program/builtin-names"
import { codeReferences, type Referred } from "../../model/program/code-references"
import { imageLayout, type ImageItem } from "../../model/program/image-layout"
import type { Program } from "../../model/program/program"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"

/** What the compiler calls the functions with which it makes classes. */
const PROTOTYPE = "prototype"
/** A text's handle is its table and its index there. */
const TABLE_SHIFT = 14
const TABLE_MASK = (1 << TABLE_SHIFT) - 1
const NAME_TABLES: readonly (Referred | undefined)[] = [undefined, undefined, "ascii", "utf8"]
const LIBRARY = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//

/** What a program's bytecode file is made of, byte for byte. */
export function sizeReport(program: Program): SizeReport {
    const { entry, bytecode } = program
    const items = imageLayout(bytecode)
    const users = usersOf(items, bytecode)
    const places = placesOf(program, items)
    const parts = items
        .map((item): SizePart => {
            const by = users.get(item) ?? []
            const own = item.kind === "function" ? places.get(item) : undefined
            const place = own ?? commonPlace(by.map(user => places.get(user)))
            return {
                kind: item.kind,
                ...(item.name !== undefined && { name: shorten(item.name) }),
                bytes: item.bytes,
                ...place,
                keptBy: [...new Set(by.map(nameOf))].sort(),
            }
        })
        .sort((a, b) => b.bytes - a.bytes)
    return {
        schema: "heapscope/size@1",
        program: { entry, bytecodeBytes: bytecode.length },
        parts,
        byKind: sumsBy(parts, ({ kind }) => kind),
        byFile: sumsBy(parts, ({ file }) => file ?? ""),
        byLibrary: sumsBy(parts, ({ library }) => library ?? ""),
        duplicates: duplicatesOf(items, bytecode),
    }
}

type Place = Pick<SizePart, "file" | "line" | "library">

/** Where each function is declared. */
function placesOf(
    { debug, sourceFolder }: Program,
    items: readonly ImageItem[],
): Map<ImageItem, Place> {
    const map = SourceMap.of(debug)
    const frames = new SourceFrames(map, sourceFolder)
    const places = new Map<ImageItem, Place>()
    for (const item of items) {
        const start = item.kind === "function" ? debug?.functions[item.index]?.startpc : undefined
        const at = start === undefined ? undefined : frames.declarationAt(start)
        if (!at) continue
        const library = LIBRARY.exec(at.file)?.[1]
        places.set(item, {
            ...{ file: at.file, line: at.line },
            ...(library !== undefined && { library }),
        })
    }
    return places
}

/** The file that all of them are in, and the library. */
function commonPlace(places: readonly (Place | undefined)[]): Place {
    const [first] = places
    if (!first || places.some(place => place?.file !== first.file)) return {}
    const { file, library } = first
    return { ...(file !== undefined && { file }), ...(library !== undefined && { library }) }
}

/**
 * What each thing is there for: functions whose code names it, functions and services that are called so.
 * A method is there for those that use its name, too: what makes its class names them all.
 */
function usersOf(items: readonly ImageItem[], bytecode: Uint8Array): Map<ImageItem, ImageItem[]> {
    const byReference = new Map(
        items.map(item => [`${referredAs(item) ?? item.kind} ${item.index}`, item]),
    )
    const users = new Map<ImageItem, Set<ImageItem>>()
    const usersOfName = new Map<string, Set<ImageItem>>()
    for (const user of items) {
        if (user.kind !== "function" || user.start === undefined) continue
        for (const { to, index } of codeReferences(bytecode, user.start, user.end!)) {
            const item = byReference.get(`${to} ${index}`)
            if (item && item !== user) addTo(users, item, user)
            const text = to === "builtin" ? BUILTIN_STRINGS[index] : item?.name
            if (text !== undefined && item?.kind !== "function") addTo(usersOfName, text, user)
        }
    }
    for (const user of items)
        for (const handle of user.nameHandles ?? []) {
            const table = NAME_TABLES[handle >> TABLE_SHIFT]
            const text = table && byReference.get(`${table} ${handle & TABLE_MASK}`)
            if (text) addTo(users, text, user)
        }
    for (const [item, by] of users) {
        if (item.kind !== "function" || item.name === undefined) continue
        const isCaller = (one: ImageItem) => one !== item && one.name !== PROTOTYPE
        const named = [...by].filter(isCaller)
        const callers =
            named.length > 0 ? named : [...(usersOfName.get(item.name) ?? [])].filter(isCaller)
        if (callers.length > 0) users.set(item, new Set(callers))
    }
    return new Map([...users].map(([item, by]) => [item, [...by]]))
}

function addTo<K>(map: Map<K, Set<ImageItem>>, key: K, user: ImageItem): void {
    const set = map.get(key)
    if (set) set.add(user)
    else map.set(key, new Set([user]))
}

function referredAs({ kind, table }: ImageItem): Referred | undefined {
    if (kind === "text") return table
    return kind === "function" || kind === "buffer" || kind === "number" || kind === "service"
        ? kind
        : undefined
}

function nameOf({ name, index }: ImageItem): string {
    return name || `function ${index}`
}

function sumsBy(parts: readonly SizePart[], keyOf: (part: SizePart) => string): SizeSum[] {
    const sums = new Map<string, SizeSum>()
    for (const part of parts) {
        const name = keyOf(part)
        const sum = sums.get(name) ?? { name, bytes: 0, parts: 0 }
        sum.bytes += part.bytes
        sum.parts++
        sums.set(name, sum)
    }
    return [...sums.values()].sort((a, b) => b.bytes - a.bytes)
}

/** Functions, texts, buffers and numbers whose content is the same. */
function duplicatesOf(items: readonly ImageItem[], bytecode: Uint8Array): SizeDuplicate[] {
    const same = new Map<string, ImageItem[]>()
    for (const item of items) {
        const { kind, start, end } = item
        if (start === undefined || end === undefined || end <= start) continue
        const content = Array.from(bytecode.subarray(start, end), byte =>
            String.fromCharCode(byte),
        ).join("")
        const key = `${kind} ${item.table ?? ""} ${content}`
        same.set(key, [...(same.get(key) ?? []), item])
    }
    return [...same.values()]
        .filter(list => list.length > 1)
        .map(list => ({
            kind: list[0]!.kind,
            names: list.map(nameOf),
            bytes: list[0]!.bytes,
            savedBytes: list.slice(1).reduce((sum, { bytes }) => sum + bytes, 0),
        }))
        .sort((a, b) => b.savedBytes - a.savedBytes)
}
