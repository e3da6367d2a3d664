import type { FieldType, NamedType } from "../../../analysis/layout/field-types"
import {
    INDEXES,
    castOf,
    isStoredAsIs,
    noteOf,
    returnValueOf,
    valueType,
    type Accessors,
    type NamedRecord,
} from "./accessors"
import { plus } from "./board-bits"
import { constants } from "./board-records"
import { comment, declared, lines } from "../code"
import { HELPERS } from "./host-helpers"
import { camel } from "../names"
import type { RecordField } from "./record-fields"

/**
 * The accessors of a record for Node and the browser: the board's names and bytes, over a DataView; and a
 * whole record as an object. Values that a field does not hold are refused.
 */
export function hostRecord(record: NamedRecord): string {
    const { placed, name, bytes, buffer, accessors } = record
    return lines(
        `/** Bytes of \`${name}\`. */`,
        `export const ${bytes} = ${placed.bytes}`,
        "",
        "/** Room for so many, all zeros. */",
        ...declared(buffer, ["count: number"], "DataView", [
            `return new DataView(new ArrayBuffer(count * ${bytes}))`,
        ]),
        ...accessors.flatMap(hostAccessors),
        "",
        ...wholeRecord(record),
    )
}

function hostAccessors({ field, get, set, at, lengths }: Accessors): string[] {
    const parameters = [
        "view: DataView",
        "at: number",
        ...field.arrays.map((_, i) => `${INDEXES[i]}: number`),
    ]
    const type = valueType(field)
    return [
        "",
        ...constants(field, at, lengths),
        comment(noteOf(field)),
        ...declared(get, parameters, type, getter(field)),
        "",
        `/** Sets it: ${get}. */`,
        ...declared(set, [...parameters, `value: ${type}`], "void", setter(field, get)),
    ]
}

function getter(field: RecordField): string[] {
    const { type, presence } = field
    const missing =
        presence && "bit" in presence
            ? [`if (${readBits(field, presence)} === 0) return undefined`]
            : []
    return [...checked(field), ...missing, ...valueOf(field, type)]
}

function valueOf(field: RecordField, type: RecordField["type"]): string[] {
    const { bits, presence } = field
    switch (type.kind) {
        case "bool":
            return [`return ${readBits(field)} !== 0`]
        case "float":
            return [`return view.getFloat${bits}(${byteOf(field)}, true)`]
        case "text":
            return [`return readText(view, ${byteOf(field)}, ${type.bytes})`]
        case "enum": {
            const code = readBits(field)
            if (isStoredAsIs(field)) return [`return ${code}${castOf(field)}`]
            return returnValueOf(code, type.values, presence)
        }
        default:
            return [
                type.kind === "integer" && type.signed
                    ? `return (${readBits(field)} << ${32 - bits}) >> ${32 - bits}`
                    : `return ${readBits(field)}`,
            ]
    }
}

function setter(field: RecordField, get: string): string[] {
    const { type, presence, bits } = field
    const marked =
        presence && "bit" in presence
            ? [
                  `if (value === undefined) return ${writeBits(field, "0", presence)}`,
                  writeBits(field, "1", presence),
              ]
            : []
    const all = [...checked(field), ...marked]
    switch (type.kind) {
        case "bool":
            return [...all, writeBits(field, "value ? 1 : 0")]
        case "float":
            return [...all, `view.setFloat${bits}(${byteOf(field)}, value, true)`]
        case "text":
            return [...all, `writeText(view, ${byteOf(field)}, value, ${type.bytes})`]
        case "enum": {
            const codes = type.values.map((value, i) => (isStoredAsIs(field) ? value : i))
            const cases = type.values.map((value, i) => [JSON.stringify(value), `${codes[i]}`])
            if (presence && "code" in presence) cases.push(["undefined", `${presence.code}`])
            return [
                ...all,
                "switch (value) {",
                ...cases.flatMap(([value, code]) => [
                    `    case ${value}:`,
                    `        return ${writeBits(field, code!)}`,
                ]),
                "    default:",
                `        throw new RangeError(\`${get}: there is no value \${value}\`)`,
                "}",
            ]
        }
        default: {
            const signed = type.kind === "integer" && type.signed
            const least = signed ? -(2 ** (bits - 1)) : 0
            const most = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
            return [
                ...all,
                `checkInteger("${get}", value, ${least}, ${most})`,
                writeBits(field, "value"),
            ]
        }
    }
}

/** Indexes of arrays that there are not are refused: they would be other fields. */
function checked({ arrays, path }: RecordField): string[] {
    return arrays.map(
        ({ length }, i) =>
            `checkInteger("${path.join(".")}: ${INDEXES[i]}", ${INDEXES[i]}, 0, ${length - 1})`,
    )
}

type Bits = { bit: number; bits: number }

function readBits(field: RecordField, { bit, bits }: Bits = field): string {
    if (bit % 8 === 0 && (bits === 8 || bits === 16 || bits === 32) && isWholeBytes(field))
        return `view.getUint${bits}(${byteOf(field, bit)}${bits === 8 ? "" : ", true"})`
    return `readBits(view, at, ${bitOf(field, bit)}, ${bits})`
}

function writeBits(field: RecordField, value: string, { bit, bits }: Bits = field): string {
    if (bit % 8 === 0 && (bits === 8 || bits === 16 || bits === 32) && isWholeBytes(field))
        return `view.setUint${bits}(${byteOf(field, bit)}, ${value}${bits === 8 ? "" : ", true"})`
    return `writeBits(view, at, ${bitOf(field, bit)}, ${bits}, ${value})`
}

function isWholeBytes({ arrays }: RecordField): boolean {
    return arrays.every(({ strideBits }) => strideBits % 8 === 0)
}

function byteOf({ arrays, bit }: RecordField, at = bit): string {
    const strides = arrays.map(({ strideBits }, i) =>
        strideBits === 8 ? ` + ${INDEXES[i]}` : ` + ${strideBits / 8} * ${INDEXES[i]}`,
    )
    return plus(`at${strides.join("")}`, at / 8)
}

function bitOf({ arrays }: RecordField, at: number): string {
    const strides = arrays.map(({ strideBits }, i) =>
        strideBits === 1 ? ` + ${INDEXES[i]}` : ` + ${strideBits} * ${INDEXES[i]}`,
    )
    return `${at}${strides.join("")}`
}

/** The record's type, and functions that read and write one whole. */
function wholeRecord({ placed, name, accessors }: NamedRecord): string[] {
    const { type } = placed
    const get = new Map(accessors.map(one => [one.field.path.join("\0"), one]))
    const whole = new WholeRecord(get)
    return [
        ...(type.kind === "record"
            ? [`export interface ${name} {`, ...whole.members(type), "}"]
            : [`export type ${name} = ${whole.typeText(type)}`]),
        "",
        `/** A whole record, as an object. */`,
        ...declared(camel(["read", name]), ["view: DataView", "at: number"], name, [
            `return ${whole.read(type, [], [])}`,
        ]),
        "",
        `/** Writes a whole record. @throws RangeError for a value that its field does not hold */`,
        ...declared(
            camel(["write", name]),
            ["view: DataView", "at: number", `value: ${name}`],
            "void",
            whole.write(type, [], [], "value"),
        ),
    ]
}

/** Whole records by the accessors of their fields; those in an array by its index. */
class WholeRecord {
    constructor(private readonly accessors: ReadonlyMap<string, Accessors>) {}

    members({ fields }: NamedType & { kind: "record" }): string[] {
        return fields.flatMap(({ name, type, note }) => [
            ...(note === undefined ? [] : [`    ${comment(note)}`]),
            `    ${key(name)}: ${this.typeText(type)}`,
        ])
    }

    typeText(type: FieldType): string {
        switch (type.kind) {
            case "string":
                return "string"
            case "array":
                return `${this.parenthesised(type.of)}[]`
            case "optional":
                return `${this.typeText(type.of)} | undefined`
            case "record":
                return `{ ${type.fields.map(one => `${key(one.name)}: ${this.typeText(one.type)}`).join("; ")} }`
            case "union":
                return type.variants
                    .map(({ label, record }) => {
                        const own = record.fields.map(
                            one => `${key(one.name)}: ${this.typeText(one.type)}`,
                        )
                        return `{ ${[`${key(type.tag)}: ${JSON.stringify(label)}`, ...own].join("; ")} }`
                    })
                    .join(" | ")
            default:
                return valueType({ type })
        }
    }

    private parenthesised(type: FieldType): string {
        const text = this.typeText(type)
        return /[|]/.test(text) ? `(${text})` : text
    }

    /** An expression of what is at a path, the arrays on the way by their indexes. */
    read(type: FieldType, path: readonly string[], indexes: readonly string[]): string {
        switch (type.kind) {
            case "record":
                return `{ ${type.fields.map(one => `${key(one.name)}: ${this.read(one.type, [...path, one.name], indexes)}`).join(", ")} }`
            case "union": {
                const variants = type.variants.map(({ label, record }) => {
                    const own = record.fields.map(
                        one =>
                            `${key(one.name)}: ${this.read(one.type, [...path, String(label), one.name], indexes)}`,
                    )
                    const all = [`${key(type.tag)}: ${JSON.stringify(label)} as const`, ...own]
                    return { label, text: `{ ${all.join(", ")} }` }
                })
                const last = variants.pop()!
                const tag = this.call("get", [...path, type.tag], indexes)
                return variants.reduceRight(
                    (rest, { label, text }) =>
                        `(${tag} === ${JSON.stringify(label)} ? ${text} : ${rest})`,
                    last.text,
                )
            }
            case "array": {
                const index = INDEXES[indexes.length]!
                const of = this.read(type.of, path, [...indexes, index])
                return `Array.from({ length: ${type.length} }, (_, ${index}) => (${of}))`
            }
            case "optional":
                if (!this.isComposite(type.of)) return this.read(type.of, path, indexes)
                return `(${this.call("get", this.hasPath(path), indexes)} ? ${this.read(type.of, path, indexes)} : undefined)`
            default: {
                const known = this.accessors.has(path.join("\0"))
                return known ? this.call("get", path, indexes) : constantOf(type)
            }
        }
    }

    /** Statements. */
    write(
        type: FieldType,
        path: readonly string[],
        indexes: readonly string[],
        value: string,
    ): string[] {
        switch (type.kind) {
            case "record":
                return type.fields.flatMap(one =>
                    this.write(
                        one.type,
                        [...path, one.name],
                        indexes,
                        `${value}${member(one.name)}`,
                    ),
                )
            case "union": {
                const tag = `${value}${member(type.tag)}`
                const known = this.accessors.has([...path, type.tag].join("\0"))
                return [
                    ...(known ? [this.call("set", [...path, type.tag], indexes, tag)] : []),
                    ...type.variants.flatMap(({ label, record }) => {
                        const own = record.fields.flatMap(one =>
                            this.write(
                                one.type,
                                [...path, String(label), one.name],
                                indexes,
                                `${value}${member(one.name)}`,
                            ),
                        )
                        if (own.length === 0) return []
                        return [
                            `if (${tag} === ${JSON.stringify(label)}) {`,
                            ...own.map(line => `    ${line}`),
                            "}",
                        ]
                    }),
                ]
            }
            case "array": {
                const index = INDEXES[indexes.length]!
                const element = `value${indexes.length + 1}`
                const of = this.write(type.of, path, [...indexes, index], element)
                return [
                    `checkLength(${JSON.stringify(path.join("."))}, ${value}.length, ${type.length})`,
                    `for (const [${index}, ${element}] of ${value}.entries()) {`,
                    ...of.map(line => `    ${line}`),
                    "}",
                ]
            }
            case "optional": {
                if (!this.isComposite(type.of)) return this.write(type.of, path, indexes, value)
                return [
                    this.call("set", this.hasPath(path), indexes, `${value} !== undefined`),
                    `if (${value} !== undefined) {`,
                    ...this.write(type.of, path, indexes, value).map(line => `    ${line}`),
                    "}",
                ]
            }
            default:
                return this.accessors.has(path.join("\0"))
                    ? [this.call("set", path, indexes, value)]
                    : []
        }
    }

    private call(
        what: "get" | "set",
        path: readonly string[],
        indexes: readonly string[],
        ...values: string[]
    ): string {
        const accessor = this.accessors.get(path.join("\0"))!
        return `${accessor[what]}(${["view", "at", ...indexes, ...values].join(", ")})`
    }

    private hasPath(path: readonly string[]): string[] {
        return [...path.slice(0, -1), "has", path.at(-1)!]
    }

    private isComposite({ kind }: FieldType): boolean {
        return kind === "record" || kind === "union" || kind === "array"
    }
}

/** The one value of a type that takes no bits. */
function constantOf(type: FieldType): string {
    return type.kind === "enum" ? `${JSON.stringify(type.values[0])} as const` : "undefined"
}

function key(name: string): string {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function member(name: string): string {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

/** The functions of its own that a text calls. */
export function hostHelpers(code: string): string {
    return Object.entries(HELPERS)
        .filter(([name]) => new RegExp(`\\b${name}\\(`).test(code))
        .map(([, text]) => `\n${text}`)
        .join("")
}
