import { mostBytes } from "../../analysis/layout/most-bytes"
import {
    MAX_RECORD_BYTES,
    type Field,
    type FieldType,
    type NamedType,
    type RecordType,
    type UnionType,
} from "../../analysis/layout/field-types"
import { UserError } from "../../base/errors"
import { instead, nearest } from "../../base/nearest"
import type { TypeScriptParser } from "../official-compiler"
import type { Declaration, Node } from "./syntax"
import { GENERIC, OTHER_WORDS, SIMPLE } from "./words"

const MAX_BITS = 32
const LITERALS = ["StringLiteral", "NumericLiteral", "NoSubstitutionTemplateLiteral"]

/** What is read, and what of it is known. */
interface Source {
    text: string
    file: string
    declarations: ReadonlyMap<string, Declaration>
}

/** Makes records of declarations; each is read when it is first needed. */
export class SchemaReader {
    private readonly read = new Map<string, FieldType>()
    /** The names that are being read: one of them again is a record in itself. */
    private readonly open: string[] = []

    constructor(
        private readonly ts: TypeScriptParser,
        private readonly source: Source,
    ) {}

    /**
     * The record or union of a name.
     * @param isWanted when it is none, that is an error
     * @returns undefined for an alias of another kind
     */
    named(name: string, isWanted: boolean): NamedType | undefined {
        const { node } = this.source.declarations.get(name)!
        const type = this.declared(name, node)
        if (type.kind === "record" || type.kind === "union") return type
        if (isWanted) this.fail(node, `${name} is no record: it has no fields.`)
        return undefined
    }

    private declared(name: string, from: Node): FieldType {
        const known = this.read.get(name)
        if (known) return known
        if (this.open.includes(name))
            this.fail(
                from,
                `${name} has itself in it (${[...this.open, name].join(" > ")}): a record has a size. Keep an index instead, as u16.`,
            )
        this.open.push(name)
        const { kind, node } = this.source.declarations.get(name)!
        if (node.typeParameters?.length)
            this.fail(
                node,
                `${name} has type parameters: a record's fields are known by their types.`,
            )
        const type =
            kind === "EnumDeclaration"
                ? this.enumeration(node)
                : kind === "InterfaceDeclaration"
                  ? this.interface(name, node)
                  : this.type(node.type!, name)
        this.open.pop()
        this.read.set(name, type)
        return type
    }

    private interface(name: string, node: Node): RecordType {
        const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types)
        const inherited = bases.flatMap(base => {
            const baseName = base.expression!.getText()
            const isKnown = this.source.declarations.has(baseName) && !base.typeArguments
            const type = isKnown ? this.declared(baseName, base) : undefined
            if (type?.kind !== "record")
                this.fail(base, `${name} extends ${baseName}, which is no record of this file.`)
            return type.fields
        })
        const own = this.fields(node.members!, name)
        return this.record(name, node, [...inherited, ...own])
    }

    private record(name: string, node: Node, fields: Field[]): RecordType {
        const seen = new Set<string>()
        for (const field of fields) {
            if (seen.has(field.name)) this.fail(node, `${name} has two fields ${field.name}.`)
            seen.add(field.name)
        }
        return this.bounded({ kind: "record", name, line: this.lineOf(node), fields }, node)
    }

    /** What is larger than any buffer is no record; it could be larger than any computer, too. */
    private bounded<T extends NamedType>(type: T, node: Node): T {
        if (mostBytes(type) > MAX_RECORD_BYTES)
            this.fail(
                node,
                `${type.name} is larger than ${MAX_RECORD_BYTES.toLocaleString("en-US")} bytes, the most that a buffer holds.`,
            )
        return type
    }

    private fields(members: readonly Node[], of: string): Field[] {
        return members.map(member => {
            if (this.kindOf(member) !== "PropertySignature") {
                const what = this.kindOf(member).startsWith("Method") ? "a method" : "no field"
                this.fail(
                    member,
                    `${shown(member)} is ${what}: a record has nothing but fields. Write a function beside it.`,
                )
            }
            const name = nameOf(member)
            if (!member.type)
                this.fail(member, `${name} has no type: write ${name}: u8, or another.`)
            const type = this.type(member.type, `${of}.${name}`)
            const note = this.noteOf(member)
            return {
                name,
                type: member.questionToken ? optional(type) : type,
                written: member.type.getText().replace(/\s+/g, " "),
                line: this.lineOf(member),
                ...(note !== "" && { note }),
            }
        })
    }

    /** @param name of a record that has none */
    private type(node: Node, name: string): FieldType {
        switch (this.kindOf(node)) {
            case "NumberKeyword":
                return SIMPLE["f64"]!
            case "BooleanKeyword":
                return SIMPLE["bool"]!
            case "StringKeyword":
                return { kind: "string" }
            case "ParenthesizedType":
                return this.type(node.type!, name)
            case "TypeLiteral":
                return this.record(name, node, this.fields(node.members!, name))
            case "TypeReference":
                return this.reference(node, name)
            case "UnionType":
                return this.union(node, name)
            case "LiteralType":
                return { kind: "enum", values: [this.literal(node)] }
            default:
                return this.noType(node)
        }
    }

    private noType(node: Node): never {
        if (node.elementType)
            this.fail(
                node,
                `${shown(node)} has no length: write array<${node.elementType.getText()}, 4> for four.`,
            )
        this.fail(
            node,
            `${shown(node)} is no type of a field: there are ${this.words().join(", ")}, and number, string, boolean.`,
        )
    }

    private reference(node: Node, name: string): FieldType {
        const word = node.typeName!.getText()
        const given = node.typeArguments ?? []
        if (this.source.declarations.has(word)) {
            if (given.length > 0) this.fail(node, `${word} takes nothing between angle brackets.`)
            return this.declared(word, node)
        }
        const simple = Object.hasOwn(SIMPLE, word) ? SIMPLE[word] : undefined
        if (simple) {
            if (given.length > 0) this.fail(node, `${word} takes nothing between angle brackets.`)
            return simple
        }
        if (word === "bits") {
            const [bits] = this.numbers(node, given, word)
            if (bits! > MAX_BITS)
                this.fail(node, `${shown(node)}: a field of bits has 1 to ${MAX_BITS} of them.`)
            return { kind: "bits", bits: bits! }
        }
        if (word === "text") return { kind: "text", bytes: this.numbers(node, given, word)[0]! }
        if (word === "array") {
            if (given.length !== 2) this.fail(node, `array is written as ${GENERIC.array}.`)
            const of = this.type(given[0]!, name)
            const [length] = this.numbers(node, given.slice(1), word)
            return { kind: "array", of, length: length! }
        }
        return this.unknown(node, word)
    }

    private unknown(node: Node, word: string): never {
        const other = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined
        if (other !== undefined)
            this.fail(node, `${word} is no type of a field: take ${other} instead.`)
        const names = [...this.words(), "number", "string", "boolean"]
        const plain = [...Object.keys(SIMPLE), ...Object.keys(GENERIC)]
        const near = nearest(word, [...plain, ...this.source.declarations.keys()])
        const shownNear = near !== undefined && Object.hasOwn(GENERIC, near)
        const hint = shownNear
            ? `: did you mean ${GENERIC[near as keyof typeof GENERIC]}?`
            : near === undefined
              ? instead(word, names)
              : `: did you mean ${near}?`
        this.fail(node, `there is no type ${word}${hint}`)
    }

    private union(node: Node, name: string): FieldType {
        const isNothing = (one: Node) =>
            this.kindOf(one) === "UndefinedKeyword" ||
            (this.kindOf(one) === "LiteralType" && this.kindOf(one.literal!) === "NullKeyword")
        const parts = node.types!.filter(one => !isNothing(one))
        const whole = (type: FieldType) =>
            parts.length < node.types!.length ? optional(type) : type
        if (parts.length === 1) return whole(this.type(parts[0]!, name))
        if (parts.every(one => this.kindOf(one) === "LiteralType")) {
            const values = parts.map(one => this.literal(one))
            return whole({ kind: "enum", values: [...new Set(values)] })
        }
        const variants = parts.map((one, i) => {
            const type = this.type(one, `${name}.${i + 1}`)
            if (type.kind !== "record")
                this.fail(
                    one,
                    `${shown(one)} is no record: a union is of records, or of texts and numbers alone.`,
                )
            return type
        })
        return whole(this.taggedUnion(node, name, variants))
    }

    /** The first field that has one value in each variant, and another in each, tells them apart. */
    private taggedUnion(node: Node, name: string, variants: RecordType[]): UnionType {
        const constantOf = ({ fields }: RecordType, tag: string) => {
            const type = fields.find(field => field.name === tag)?.type
            return type?.kind === "enum" && type.values.length === 1 ? type.values[0] : undefined
        }
        const tag = variants[0]!.fields
            .map(field => field.name)
            .find(tag => {
                const labels = variants.map(variant => constantOf(variant, tag))
                return !labels.includes(undefined) && new Set(labels).size === labels.length
            })
        if (tag === undefined)
            this.fail(
                node,
                `no field tells the variants of ${name} apart: give each one of its own, as kind: "open".`,
            )
        const union: UnionType = {
            ...{ kind: "union", name, line: this.lineOf(node), tag },
            variants: variants.map(record => ({
                label: constantOf(record, tag)!,
                record: { ...record, fields: record.fields.filter(field => field.name !== tag) },
            })),
        }
        return this.bounded(union, node)
    }

    private enumeration(node: Node): FieldType {
        const names: string[] = []
        const values: (string | number)[] = []
        let next = 0
        for (const member of node.members!) {
            const value = member.initializer ? this.constant(member.initializer) : next
            if (value === undefined)
                this.fail(member, `${shown(member)}: its value must be a number or a text.`)
            names.push(nameOf(member))
            values.push(value)
            if (typeof value === "number") next = value + 1
        }
        if (values.length === 0) this.fail(node, `${node.name!.getText()} has no values.`)
        return { kind: "enum", values, names }
    }

    private literal(node: Node): string | number {
        const value = this.constant(node.literal!)
        if (value === undefined) this.fail(node, `${shown(node)} is no type of a field.`)
        return value
    }

    private constant(node: Node): string | number | undefined {
        switch (this.kindOf(node)) {
            case "StringLiteral":
            case "NoSubstitutionTemplateLiteral":
                return node.text
            case "NumericLiteral":
                return Number(node.text)
            case "PrefixUnaryExpression": {
                const value = this.constant(node.operand!)
                return typeof value === "number" && node.getText().startsWith("-")
                    ? -value
                    : undefined
            }
            default:
                return undefined
        }
    }

    private numbers(node: Node, given: readonly Node[], word: keyof typeof GENERIC): number[] {
        const value = given.length === 1 && given[0]!.literal ? this.constant(given[0]!.literal) : 0
        if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
            this.fail(node, `${shown(node)}: ${word} is written as ${GENERIC[word]}.`)
        if (value > MAX_RECORD_BYTES)
            this.fail(
                node,
                `${shown(node)}: a record has at most ${MAX_RECORD_BYTES.toLocaleString("en-US")} bytes.`,
            )
        return [value]
    }

    private words(): string[] {
        return [...Object.keys(SIMPLE), ...Object.values(GENERIC)]
    }

    private noteOf(node: Node): string {
        const before = this.source.text.slice(node.pos, node.getStart())
        const [, inside = ""] = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(before) ?? []
        return inside
            .replace(/^\s*\*+ ?/gm, "")
            .replace(/\s+/g, " ")
            .trim()
    }

    private kindOf(node: Node): string {
        const { SyntaxKind } = this.ts
        // Their numbers have other names as well: the first and the last of a range.
        return LITERALS.find(name => SyntaxKind[name] === node.kind) ?? SyntaxKind[node.kind]!
    }

    private lineOf(node: Node): number {
        return this.source.text.slice(0, node.getStart()).split("\n").length
    }

    private fail(node: Node, why: string): never {
        throw new UserError("E_SCHEMA", `${this.source.file}:${this.lineOf(node)}: ${why}`)
    }
}

function optional(type: FieldType): FieldType {
    return type.kind === "optional" ? type : { kind: "optional", of: type }
}

function nameOf({ name }: Node): string {
    return name!.text ?? name!.getText()
}

function shown(node: Node): string {
    const text = node.getText().replace(/\s+/g, " ")
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
