import type { TypeScriptParser } from "../official-compiler"
import { shown } from "./expression-cost"
import { kindOf, type Node } from "./syntax"

/** A record's fields as they are declared, between braces; or why there is none. */
export type RecordText = { text: string; why?: never } | { text?: never; why: string }

/** The fields of a class, with the types that are written there; of what has none, its first value's. */
export function recordOfClass(ts: TypeScriptParser, declaration: Node): RecordText {
    const fields: string[] = []
    const add = (name: Node, type: string | undefined): string | undefined => {
        if (type === undefined) return `${name.getText()} has no type here`
        fields.push(`${name.getText()}: ${type}`)
        return undefined
    }
    if ((declaration.heritageClauses ?? []).some(({ types }) => types.length > 0))
        return { why: `what ${declaration.name?.text ?? "it"} inherits is not looked at` }
    for (const member of declaration.members ?? []) {
        const isStatic = (member.modifiers ?? []).some(one => one.getText() === "static")
        const kind = kindOf(ts, member)
        if (kind === "PropertyDeclaration" && !isStatic && member.name) {
            const why = add(
                member.name,
                member.type?.getText() ?? plainType(ts, member.initializer),
            )
            if (why !== undefined) return { why }
        }
        if (kind !== "Constructor") continue
        for (const { modifiers = [], name, type } of member.parameters ?? []) {
            if (!name || modifiers.length === 0) continue
            const why = add(name, type?.getText())
            if (why !== undefined) return { why }
        }
    }
    return fields.length === 0 ? { why: "it has no fields" } : { text: `{ ${fields.join("; ")} }` }
}

/** The fields of an object literal, each as wide as its value needs. */
export function recordOfValue(ts: TypeScriptParser, node: Node): RecordText {
    const type = narrowType(ts, node)
    return "why" in type ? type : { text: type.written }
}

/** What a field is declared as that begins with a value and may have others. */
function plainType(ts: TypeScriptParser, value: Node | undefined): string | undefined {
    switch (value && kindOf(ts, value)) {
        case "NumericLiteral":
        case "PrefixUnaryExpression":
            return "number"
        case "TrueKeyword":
        case "FalseKeyword":
            return "boolean"
        case "StringLiteral":
            return "string"
        default:
            return undefined
    }
}

type Narrow = { written: string } | { why: string }

function narrowType(ts: TypeScriptParser, value: Node): Narrow {
    switch (kindOf(ts, value)) {
        case "NumericLiteral":
            return { written: narrowest(Number(value.text)) }
        case "PrefixUnaryExpression":
            return value.operand && kindOf(ts, value.operand) === "NumericLiteral"
                ? { written: narrowest(Number(value.getText().replace(/\s/g, ""))) }
                : unknown(value)
        case "TrueKeyword":
        case "FalseKeyword":
            return { written: "bool" }
        case "StringLiteral":
        case "NoSubstitutionTemplateLiteral":
            return {
                written: `text<${Math.max(1, new TextEncoder().encode(value.text).length)}>`,
            }
        case "ObjectLiteralExpression":
            return objectType(ts, value)
        default:
            return unknown(value)
    }
}

function objectType(ts: TypeScriptParser, node: Node): Narrow {
    const fields: string[] = []
    for (const property of node.properties ?? []) {
        const { name, initializer } = property
        if (
            kindOf(ts, property) !== "PropertyAssignment" ||
            !initializer ||
            name?.text === undefined
        )
            return unknown(property)
        const type = narrowType(ts, initializer)
        if ("why" in type) return type
        fields.push(`${JSON.stringify(name.text)}: ${type.written}`)
    }
    return fields.length === 0
        ? { why: "it has no fields" }
        : { written: `{ ${fields.join("; ")} }` }
}

function unknown(node: Node): Narrow {
    return { why: `how wide ${shown(node)} is, its text does not tell` }
}

/** The narrowest of the library's words that holds a number. */
function narrowest(value: number): string {
    if (!Number.isInteger(value) || value > 0xffff_ffff || value < -0x8000_0000) return "f64"
    const signed = value < 0
    const bits = [8, 16, 24, 32].find(bits =>
        signed ? value >= -(2 ** (bits - 1)) : value < 2 ** bits,
    )!
    return `${signed ? "i" : "u"}${bits}`
}
