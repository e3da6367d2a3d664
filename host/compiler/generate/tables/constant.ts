import { UserError } from "../../../base/errors"
import { instead } from "../../../base/nearest"
import type { TypeScriptParser } from "../../official-compiler"
import { parseText } from "../../schema/parse-text"
import type { Node as SchemaNode } from "../../schema/syntax"
import { tableOf, type Row } from "./rows"
import type { Table, Value } from "./table"

/** A node of TypeScript's tree with the members that values have. */
interface Node extends Omit<SchemaNode, "expression" | "elements" | "initializer" | "name"> {
    name?: Node
    expression?: Node
    elements?: readonly Node[]
    properties?: readonly Node[]
    initializer?: Node
    declarationList?: { declarations: readonly Node[] }
}

/**
 * Reads a table from a TypeScript text: a constant that is an array of objects, or an object of objects,
 * whose names are a column `key` then. JSON is one without a name.
 * @param only the constant; without one, the only table of the file
 * @throws UserError with the line of what is no table
 */
export function readConstant(
    ts: TypeScriptParser,
    text: string,
    { name, file, only, isJson }: { name: string; file: string; only?: string; isJson: boolean },
): Table {
    const source = isJson ? `(${text.replace(/^\uFEFF/, "")}\n)` : text
    const tree = parseText(ts, source, file)
    const reader = new Reader(ts, source, file)
    const [wrong] = tree.parseDiagnostics
    if (wrong) {
        const { messageText: said } = wrong
        reader.failAt(wrong.start, typeof said === "string" ? said : said.messageText)
    }
    const statements = tree.statements as readonly Node[]
    if (isJson) {
        if (statements.length !== 1 || !statements[0]!.expression)
            throw new UserError("E_TABLE", `${file} is no JSON of a table: an array of objects.`)
        return tableOf(reader.rows(statements[0]!.expression), { name, file })
    }
    const constants = statements.flatMap(one => one.declarationList?.declarations ?? [])
    const named = constants.map(one => ({ name: one.name!.getText(), node: one }))
    const tables = named.filter(({ node }) => reader.isTable(node.initializer))
    const found =
        only === undefined ? tables : named.filter(one => one.name === only && one.node.initializer)
    if (found.length === 0)
        throw new UserError(
            "E_TABLE",
            only === undefined
                ? `${file} has no table: write one as \`const MENU = [{ name: "Soup", price: 650 }]\`.`
                : `${file} has no constant ${only}${instead(
                      only,
                      named.map(one => one.name),
                  )}`,
        )
    if (found.length > 1)
        throw new UserError(
            "E_TABLE",
            `${file} has several tables, ${found.map(one => one.name).join(", ")}: name the one that is meant.`,
        )
    const [{ name: constant, node }] = found as [{ name: string; node: Node }]
    return tableOf(reader.rows(node.initializer!), { name: constant, file })
}

class Reader {
    constructor(
        private readonly ts: TypeScriptParser,
        private readonly text: string,
        private readonly file: string,
    ) {}

    isTable(node: Node | undefined): boolean {
        const inner = node && this.bare(node)
        const first = inner?.elements?.[0] ?? inner?.properties?.[0]?.initializer
        return first !== undefined && this.kindOf(this.bare(first)) === "ObjectLiteralExpression"
    }

    rows(node: Node): Row[] {
        const inner = this.bare(node)
        switch (this.kindOf(inner)) {
            case "ArrayLiteralExpression":
                return inner.elements!.map(one => this.row(one, []))
            case "ObjectLiteralExpression":
                return inner.properties!.map(one =>
                    this.row(this.valueOf(one), [["key", nameOf(one)]]),
                )
            default:
                return this.fail(inner, "a table is an array of objects, or an object of them")
        }
    }

    private row(node: Node, before: Row["values"]): Row {
        const inner = this.bare(node)
        if (this.kindOf(inner) !== "ObjectLiteralExpression")
            this.fail(inner, "a row is an object: its columns by name")
        const own = inner.properties!.map((one): [string, Value] => [
            nameOf(one),
            this.value(this.valueOf(one)),
        ])
        return { line: this.lineAt(inner.getStart()), values: [...before, ...own] }
    }

    private valueOf(property: Node): Node {
        if (this.kindOf(property) !== "PropertyAssignment")
            this.fail(property, "only names with values can be in a table")
        return property.initializer!
    }

    private value(node: Node): Value {
        const inner = this.bare(node)
        switch (this.kindOf(inner)) {
            case "StringLiteral":
            case "NoSubstitutionTemplateLiteral":
                return inner.text!
            case "NumericLiteral":
                return Number(inner.text)
            case "TrueKeyword":
                return true
            case "FalseKeyword":
                return false
            case "PrefixUnaryExpression": {
                const value = this.value(inner.operand as Node)
                if (typeof value === "number" && inner.getText().startsWith("-")) return -value
            }
        }
        return this.fail(inner, "a table has texts, numbers, true and false, and nothing else")
    }

    /** Without `as const`, `satisfies` and parentheses. */
    private bare(node: Node): Node {
        return /^(?:AsExpression|SatisfiesExpression|ParenthesizedExpression|TypeAssertionExpression)$/.test(
            this.kindOf(node),
        )
            ? this.bare(node.expression!)
            : node
    }

    private kindOf(node: Node): string {
        const { SyntaxKind } = this.ts
        // Their numbers have other names as well: the first and the last of a range.
        return (
            ["NumericLiteral", "NoSubstitutionTemplateLiteral"].find(
                name => SyntaxKind[name] === node.kind,
            ) ?? SyntaxKind[node.kind]!
        )
    }

    private lineAt(place: number): number {
        return this.text.slice(0, place).split("\n").length
    }

    private fail(node: Node, why: string): never {
        const text = node.getText().replace(/\s+/g, " ")
        const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text
        return this.failAt(node.getStart(), `${why}: ${shown}`)
    }

    failAt(place: number, why: string): never {
        throw new UserError("E_TABLE", `${this.file}:${this.lineAt(place)}: ${why}`)
    }
}

function nameOf({ name }: Node): string {
    return name?.text ?? name?.getText() ?? ""
}
