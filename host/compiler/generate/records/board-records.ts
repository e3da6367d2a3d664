import {
    castOf,
    INDEXES,
    isStoredAsIs,
    noteOf,
    returnValueOf,
    valueType,
    type Accessors,
    type NamedRecord,
} from "./accessors"
import {
    plus,
    readBitsExpression,
    readFlagExpression,
    writeBitsStatements,
    type BitPlace,
} from "./board-bits"
import { comment, declared, lines } from "../code"
import { isBitArray, type RecordField } from "./record-fields"

/**
 * The accessors of a record for the board: functions over a buffer and the byte that a record begins at.
 * A function that is not called is not in the program.
 */
export function boardRecord({ placed, name, bytes, buffer, accessors }: NamedRecord): string {
    const most = placed.bytes
    return lines(
        `/** Bytes of ${article(name)}. */`,
        `export const ${bytes} = ${most}`,
        "",
        `/** Room for so many, all zeros: ${most} bytes each, and the 12 of the buffer's header. */`,
        ...declared(buffer, ["count: number"], "Buffer", [`return Buffer.alloc(count * ${bytes})`]),
        ...accessors.flatMap(accessor => boardAccessors(accessor, placed.bytes)),
    )
}

function boardAccessors(accessor: Accessors, recordBytes: number): string[] {
    const { field, get, set, at, lengths } = accessor
    const parameters = [
        "bytes: Buffer",
        "at: number",
        ...field.arrays.map((_, i) => `${INDEXES[i]}: number`),
    ]
    const type = valueType(field)
    return [
        "",
        ...constants(field, at, lengths),
        comment(noteOf(field)),
        ...declared(get, parameters, type, getter(field, recordBytes)),
        "",
        `/** Sets it: ${get}. */`,
        ...declared(set, [...parameters, `value: ${type}`], "void", setter(field, recordBytes)),
    ]
}

/** Constants: folded by the compiler, they take nothing. */
export function constants(field: RecordField, at: string | undefined, lengths: string[]): string[] {
    const all = [
        ...(at === undefined ? [] : [`export const ${at} = ${field.bit / 8}`]),
        ...lengths.map((name, i) => `export const ${name} = ${field.arrays[i]!.length}`),
    ]
    return all
}

function getter(field: RecordField, recordBytes: number): string[] {
    const { type, presence, bits } = field
    const place = placeOf(field, recordBytes)
    const missing =
        presence && "bit" in presence
            ? [`if (${presenceBit(field, recordBytes, presence)} === 0) return undefined`]
            : []
    switch (type.kind) {
        case "bool":
            return [
                ...missing,
                `return ${isBitArray(field) ? readBit(field, place) : readFlagExpression(place)} !== 0`,
            ]
        case "float":
            return [...missing, `return bytes.getAt(${byteOf(place)}, "f${bits}")`]
        case "text":
            return [
                ...missing,
                `let end = bytes.indexOf(0, ${byteOf(place)}, ${plus(byteOf(place), type.bytes)})`,
                `if (end < 0) end = ${plus(byteOf(place), type.bytes)}`,
                `return bytes.slice(${byteOf(place)}, end).toString("utf-8")`,
            ]
        case "enum": {
            const code = readBit(field, place)
            if (isStoredAsIs(field)) return [...missing, `return ${code}${castOf(field)}`]
            return [...missing, ...returnValueOf(code, type.values, presence)]
        }
        default:
            return [...missing, `return ${readBit(field, place)}`]
    }
}

function setter(field: RecordField, recordBytes: number): string[] {
    const { type, presence, bits } = field
    const place = placeOf(field, recordBytes)
    const marked =
        presence && "bit" in presence
            ? [
                  `if (value === undefined) {`,
                  ...indent(writeBitsStatements(presencePlace(field, recordBytes, presence), "0")),
                  "    return",
                  "}",
                  ...writeBitsStatements(presencePlace(field, recordBytes, presence), "1"),
              ]
            : []
    switch (type.kind) {
        case "bool":
            return [...marked, ...writeBit(field, place, "+value")]
        case "float":
            return [...marked, `bytes.setAt(${byteOf(place)}, "f${bits}", value)`]
        case "text":
            return [...marked, `writeText(bytes, ${byteOf(place)}, value, ${type.bytes})`]
        case "enum": {
            if (isStoredAsIs(field)) return [...marked, ...writeBit(field, place, "value")]
            const [, ...others] = type.values
            return [
                ...marked,
                "let code = 0",
                ...others.map(
                    (value, i) => `if (value === ${JSON.stringify(value)}) code = ${i + 1}`,
                ),
                ...(presence && "code" in presence
                    ? [`if (value === undefined) code = ${presence.code}`]
                    : []),
                ...writeBit(field, place, "code"),
            ]
        }
        default:
            return [...marked, ...writeBit(field, place, "value")]
    }
}

/** What a text's setter calls. It is in the program when one is. */
export const BOARD_WRITE_TEXT = lines(
    "",
    "/** Writes a text's first bytes, whole characters, and zeros behind it. */",
    "function writeText(bytes: Buffer, at: number, text: string, most: number): void {",
    "    bytes.fillAt(at, most, 0)",
    "    let length = text.byteLength",
    "    if (length <= most) {",
    "        bytes.blitAt(at, text, 0, length)",
    "        return",
    "    }",
    "    bytes.blitAt(at, text, 0, most)",
    "    // A character that is cut off goes: its first byte says how many it has.",
    "    let last = at + most - 1",
    "    while (last > at && (bytes[last] & 0xc0) === 0x80) last--",
    "    length = 1",
    "    if (bytes[last] >= 0xf0) length = 4",
    "    else if (bytes[last] >= 0xe0) length = 3",
    "    else if (bytes[last] >= 0xc0) length = 2",
    "    if (last + length > at + most) bytes.fillAt(last, at + most - last, 0)",
    "}",
)

function readBit(field: RecordField, place: BitPlace): string {
    if (!isBitArray(field)) return readBitsExpression(place)
    const { byte, shift, mask } = bitOfArray(field, place)
    return `((bytes[${byte}] >> ${shift}) & ${mask})`
}

function writeBit(field: RecordField, place: BitPlace, value: string): string[] {
    if (!isBitArray(field)) return writeBitsStatements(place, value)
    const { byte, shift, mask } = bitOfArray(field, place)
    return [
        `bytes[${byte}] = (bytes[${byte}] & ~(${mask} << ${shift})) | ((${value} & ${mask}) << ${shift})`,
    ]
}

function bitOfArray({ bits, bit }: RecordField, { at }: BitPlace) {
    const perByte = { 1: 3, 2: 2, 4: 1 }[bits]!
    return {
        byte: `${plus(at, bit / 8)} + (i >> ${perByte})`,
        shift: bits === 1 ? "(i & 7)" : `(${bits} * (i & ${8 / bits - 1}))`,
        mask: 2 ** bits - 1,
    }
}

function placeOf(field: RecordField, recordBytes: number): BitPlace {
    const { bit, bits, type, arrays } = field
    const strides = isBitArray(field)
        ? []
        : arrays.map(({ strideBits }, i) => {
              const stride = strideBits / 8
              return stride === 1 ? ` + ${INDEXES[i]}` : ` + ${stride} * ${INDEXES[i]}`
          })
    const furthest = arrays.reduce(
        (bytes, { length, strideBits }) => bytes + ((length - 1) * strideBits) / 8,
        bit >> 3,
    )
    return {
        ...{ at: `at${strides.join("")}`, bit, bits },
        signed: type.kind === "integer" && type.signed,
        ...{ before: bit >> 3, behind: recordBytes - furthest },
    }
}

function presencePlace(
    field: RecordField,
    recordBytes: number,
    { bit, bits }: { bit: number; bits: number },
): BitPlace {
    return { ...placeOf(field, recordBytes), bit, bits, signed: false }
}

function presenceBit(
    field: RecordField,
    recordBytes: number,
    presence: { bit: number; bits: number },
) {
    return readFlagExpression(presencePlace(field, recordBytes, presence))
}

function byteOf({ at, bit }: BitPlace): string {
    return plus(at, bit / 8)
}

function indent(all: readonly string[]): string[] {
    return all.map(line => `    ${line}`)
}

function article(name: string): string {
    return `${/^[AEIOU]/.test(name) ? "an" : "a"} \`${name}\``
}
