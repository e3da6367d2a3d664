import { camel, constant, pascal, type Names } from "../names"
import type { PlacedRecord, RecordField } from "./record-fields"

/** What the functions of a field are called, on the board and in Node alike. */
export interface Accessors {
    field: RecordField
    get: string
    set: string
    /** Its first byte; of what begins at one. */
    at?: string
    /** How many elements: of each array that it is in. */
    lengths: string[]
}

/** What is generated for a record, by its names. */
export interface NamedRecord {
    placed: PlacedRecord
    /** Of its type. */
    name: string
    /** Its size in bytes: a constant. */
    bytes: string
    /** A function that makes a buffer. */
    buffer: string
    accessors: Accessors[]
}

/** @throws UserError when two would have one name */
export function namedRecord(placed: PlacedRecord, file: string, names: Names): NamedRecord {
    const { type } = placed
    const owner = type.name
    const where = `${file}:${type.line}: ${owner}`
    return {
        placed,
        name: names.take(pascal([owner]), where),
        bytes: names.take(constant([owner, "bytes"]), where),
        buffer: names.take(camel([owner, "buffer"]), where),
        accessors: placed.fields.map(field => {
            const path = [owner, ...field.path]
            const where = `${file}:${field.line}: ${path.join(".")}`
            return {
                field,
                get: names.take(camel(path), where),
                set: names.take(camel(["set", pascal(path)]), where),
                ...(field.bit % 8 === 0 &&
                    field.bits % 8 === 0 && {
                        at: names.take(constant([...path, "at"]), where),
                    }),
                lengths: field.arrays.map((_, i) =>
                    names.take(
                        constant([...path, "length", ...(i > 0 ? [`${i + 1}`] : [])]),
                        where,
                    ),
                ),
            }
        }),
    }
}

/** The letters of the arrays' indexes. */
export const INDEXES = ["i", "j", "k", "l", "m", "n"] as const

/** The type of a field's value in TypeScript. */
export function valueType({
    type,
    presence,
}: {
    type: RecordField["type"]
    presence?: RecordField["presence"] | undefined
}): string {
    const missing = presence === undefined ? "" : " | undefined"
    switch (type.kind) {
        case "bool":
            return `boolean${missing}`
        case "text":
            return `string${missing}`
        case "enum":
            // A number goes into a field of another enumeration of numbers, as it does in TypeScript.
            return type.names && type.values.every(value => typeof value === "number")
                ? `number${missing}`
                : `${type.values.map(value => JSON.stringify(value)).join(" | ")}${missing}`
        default:
            return `number${missing}`
    }
}

/** What makes a stored number one of an enumeration's, for the compiler. */
export function castOf(field: RecordField): string {
    const type = valueType({ ...field, presence: undefined })
    return type === "number" ? "" : ` as ${type}`
}

/**
 * Whether an enumeration's values are what is stored: whole numbers that its bits hold. Else their place in
 * the declaration is, from 0.
 */
export function isStoredAsIs({ type, bits, presence }: RecordField): boolean {
    return (
        type.kind === "enum" &&
        !(presence && "code" in presence) &&
        type.values.every(
            value =>
                typeof value === "number" &&
                Number.isInteger(value) &&
                value >= 0 &&
                value < 2 ** bits,
        )
    )
}

/**
 * What returns the value of an enumeration whose place in the declaration is stored: an expression's code.
 * The first is what any other code stands for.
 */
export function returnValueOf(
    code: string,
    values: readonly (string | number)[],
    presence: RecordField["presence"],
): string[] {
    const [first, ...others] = values
    return [
        `switch (${code}) {`,
        ...others.flatMap((value, i) => [
            `    case ${i + 1}:`,
            `        return ${JSON.stringify(value)}`,
        ]),
        ...(presence && "code" in presence
            ? [`    case ${presence.code}:`, "        return undefined"]
            : []),
        "    default:",
        `        return ${JSON.stringify(first)}`,
        "}",
    ]
}

/** Its comment: what the schema says of it, its type and where it is. */
export function noteOf({ note, written, bit, bits, arrays }: RecordField): string {
    const place =
        bit % 8 === 0 && bits % 8 === 0
            ? `byte ${bit / 8}`
            : `${bits === 1 ? "bit" : "bits from"} ${bit % 8} of byte ${Math.floor(bit / 8)}`
    const elements = arrays.map(({ length }, i) => `${INDEXES[i]} from 0 to ${length - 1}`)
    const facts = [written, place, ...elements].join(", ")
    return `${note === undefined ? "" : `${/[.!?]$/.test(note) ? note : `${note}.`} `}${facts}.`
}
