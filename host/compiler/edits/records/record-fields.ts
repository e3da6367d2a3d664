import { refuse } from "../refusal"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import type { Values } from "../values/values"
import type { Value } from "../values/value"

/** Formats of numbers that the VM reads and writes in buffers, with what they hold. */
const WHOLE = [
    { format: "u8", bytes: 1, lo: 0, hi: 0xff },
    { format: "i8", bytes: 1, lo: -0x80, hi: 0x7f },
    { format: "u16", bytes: 2, lo: 0, hi: 0xffff },
    { format: "i16", bytes: 2, lo: -0x8000, hi: 0x7fff },
    { format: "u32", bytes: 4, lo: 0, hi: 0xffffffff },
    { format: "i32", bytes: 4, lo: -0x80000000, hi: 0x7fffffff },
] as const

/** A field of a record in a buffer. */
export interface RecordField {
    name: string
    declaration: Node
    kind: "number" | "flag" | "text"
    /** As `getAt` takes it; one byte of `u8` is read by index. */
    format: string
    bytes: number
    offset: number
    /** Of a flag: its bit in its byte. */
    mask: number
    /** What a text can be: its number is its place here. */
    texts: readonly string[]
}

/** The format that holds all that a number can be: nothing is lost, whatever the program does. */
export function formatFor(value: Value): { format: string; bytes: number } | undefined {
    const { numbers } = value
    if (!numbers || value.texts || value.isBoolean || value.isUnknown) return undefined
    const { lo, hi, isWhole } = numbers
    const found = isWhole ? WHOLE.find(one => one.lo <= lo && hi <= one.hi) : undefined
    // A number of this VM is no wider than this.
    return found ?? { format: "f64", bytes: 8 }
}

/** The fields that a class or an interface has, where they go in a record, and how long that is. */
export function recordFields(
    element: Node,
    code: ProgramCode,
    values: Values,
): { fields: RecordField[]; bytes: number } {
    const declared = declarationsIn(element, code)
    const fields = declared.map((declaration): RecordField => {
        const name = declaration.name!.getText()
        const value = values.ofDeclaration(declaration)
        const about = { name, declaration, offset: 0, mask: 0, texts: [] as string[] }
        if (value.isUnknown) return refuse(`nothing in the program tells what ${name} can be`)
        if (value.isBoolean && !value.numbers && !value.texts)
            return { ...about, kind: "flag", format: "u8", bytes: 0 }
        if (value.texts && !value.numbers && !value.isBoolean)
            return { ...about, kind: "text", format: "u8", bytes: 1, texts: [...value.texts] }
        const found = formatFor(value)
        return found
            ? { ...about, ...found, kind: "number" }
            : refuse(`${name} is more than one kind of value`)
    })
    let offset = 0
    for (const field of [...fields].sort((a, b) => b.bytes - a.bytes)) {
        if (field.kind === "flag") continue
        field.offset = offset
        offset += field.bytes
    }
    fields
        .filter(({ kind }) => kind === "flag")
        .forEach((field, index) => {
            field.offset = offset + Math.floor(index / 8)
            field.mask = 1 << (index % 8)
        })
    const flags = fields.filter(({ kind }) => kind === "flag").length
    return { fields, bytes: offset + Math.ceil(flags / 8) }
}

function declarationsIn(element: Node, code: ProgramCode): Node[] {
    if (element.heritageClauses || element.typeParameters)
        refuse("it is made of other classes or types")
    return (element.members ?? []).flatMap(member => {
        if (code.is(member, "PropertySignature", "PropertyDeclaration")) {
            if (member.questionToken) refuse(`${member.name!.getText()} may be missing`)
            return [member]
        }
        if (!code.is(member, "Constructor")) return refuse("it has methods")
        return (member.parameters ?? []).filter(({ modifiers }) => (modifiers ?? []).length > 0)
    })
}
