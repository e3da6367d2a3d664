import type { GraphNode } from "../../model/graph/graph"
import type { HeapIndex } from "./advice-input"
import type { Field, FieldValue } from "./fields"

export type { Field, FieldValue }

/** Objects of one class with the same fields. */
export interface RecordGroup {
    className: string
    objects: GraphNode[]
    fields: Field[]
}

/** Groups the program's objects by class and fields. */
export function recordGroups(index: HeapIndex): RecordGroup[] {
    const groups = new Map<string, RecordGroup>()
    for (const object of index.ofType("map")) {
        if (object.className === "class prototype" || object.className === "function properties")
            continue
        const values = fieldsOf(object)
        // A key on the heap was made at run time: a dictionary, whose entries are no fields.
        if (!values || object.edges.some(({ kind }) => kind === "key")) continue
        const key = [object.className, ...[...values.keys()].sort()].join("\0")
        let group = groups.get(key)
        if (!group) {
            const fields = [...values.keys()].map(name => ({ name, values: [] }))
            groups.set(key, (group = { className: object.className, objects: [], fields }))
        }
        group.objects.push(object)
        for (const field of group.fields) field.values.push(values.get(field.name))
    }
    return [...groups.values()]
}

function fieldsOf({ scalars = [], edges }: GraphNode): Map<string, FieldValue> | undefined {
    const values = new Map<string, FieldValue>()
    for (const { name, kind, value } of scalars) {
        if (kind === "function") return undefined
        values.set(name, value ?? (kind === "null" ? null : undefined))
    }
    for (const { name, kind, to } of edges) if (kind === "property") values.set(name, { block: to })
    return values
}

export function isNumbers(values: readonly FieldValue[]): values is number[] {
    return values.every(value => typeof value === "number")
}

export function isBooleans(values: readonly FieldValue[]): values is boolean[] {
    return values.every(value => typeof value === "boolean")
}

/** Texts in flash, which the program itself has written. */
export function isTexts(values: readonly FieldValue[]): values is string[] {
    return values.every(value => typeof value === "string")
}

/** Bits that hold every one of these whole numbers from 0; undefined when they are others. */
export function bitsOf(numbers: readonly number[]): number | undefined {
    const most = Math.max(0, ...numbers)
    if (!numbers.every(n => Number.isInteger(n) && n >= 0) || most > 0xffffffff) return undefined
    return Math.max(1, Math.ceil(Math.log2(most + 1)))
}

/** Bytes of a buffer's number format that holds every one of these. */
export function bytesOf(numbers: readonly number[]): number {
    if (!numbers.every(Number.isInteger)) return 8
    const least = Math.min(...numbers)
    const most = Math.max(...numbers)
    for (const bytes of [1, 2, 4]) {
        const range = 2 ** (8 * bytes)
        if (least >= 0 ? most < range : least >= -range / 2 && most < range / 2) return bytes
    }
    return 8
}

/** What to call one object of a class; one without a class is told by its fields elsewhere. */
export function nameOf(className: string): string {
    return className.startsWith("{") ? "object" : className
}
