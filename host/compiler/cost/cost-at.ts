import type { NamedType } from "../../analysis/layout/field-types"
import { valueBytes } from "../../analysis/layout/vm-costs"
import { UserError } from "../../base/errors"
import { objectBytes } from "../../model/heap/object-sizes"
import type { TypeScriptParser } from "../official-compiler"
import { readTypes } from "../schema/read-types"
import { ExpressionCosts, shown, type ExpressionCost } from "./expression-cost"
import { recordOfClass, recordOfValue } from "./record-text"
import { typeTexts, type Source } from "./source"
import { kindOf, nodeAt, type Node } from "./syntax"

/** What something at a place of a source costs. */
export interface CostAt {
    /** Where it is, in UTF-16 code units. */
    start: number
    end: number
    kind: "type" | "class" | "object" | "array" | "buffer" | "text" | "number"
    /** As people call it: `Order`, `{ id: 1, paid: false }`. */
    name: string
    heap: ExpressionCost
    /** Bytes of it in flash, of a text or a buffer that is written there. */
    flashBytes?: number
    /** As a record; of a value, with fields as wide as it needs. */
    record?: NamedType
    /** Why it is none. */
    why?: string
}

/** Finds the source that one imports from, if there is one. */
export type FindSource = (source: Source, from: string) => Source | undefined

const WIDEST_CHAIN = 8

/**
 * What the type, class or literal at an offset costs on the board.
 * @param offset in UTF-16 code units
 * @returns undefined where nothing of that kind is
 */
export function costAt(
    ts: TypeScriptParser,
    source: Source,
    offset: number,
    findSource: FindSource = () => undefined,
): CostAt | undefined {
    return new Cursor(ts, source, findSource).at(offset)
}

/** A declaration, and the source that it is in. */
interface Found {
    node: Node
    source: Source
}

class Cursor {
    private readonly costs: ExpressionCosts

    constructor(
        private readonly ts: TypeScriptParser,
        private readonly source: Source,
        private readonly findSource: FindSource,
    ) {
        this.costs = new ExpressionCosts(ts, name => {
            const found = this.find(name)
            return found && this.kind(found.node) === "ClassDeclaration" ? found.node : undefined
        })
    }

    at(offset: number): CostAt | undefined {
        const node = nodeAt(this.ts, this.source.tree, offset)
        if (this.kind(node) === "Identifier") return this.ofName(node)
        return this.ofLiteral(node)
    }

    private ofName(node: Node): CostAt | undefined {
        const { parent } = node
        if (!parent) return undefined
        const kind = this.kind(parent)
        if (kind === "PropertyAssignment" && parent.name === node && parent.parent)
            return this.ofLiteral(parent.parent)
        const isType =
            kind === "TypeReference" ||
            kind === "ExpressionWithTypeArguments" ||
            kind === "ImportSpecifier" ||
            (kind === "NewExpression" && parent.expression === node) ||
            this.source.declarations.get(node.text ?? "") === parent
        const found = isType ? this.find(node.text ?? "") : undefined
        if (!found) return undefined
        const place = { start: node.getStart(), end: node.end, name: node.text ?? "" }
        if (this.kind(found.node) === "ClassDeclaration")
            return {
                ...{ ...place, kind: "class", heap: this.costs.ofClass(found.node) },
                ...this.record(recordOfClass(this.ts, found.node), place.name, found.source),
            }
        return this.ofType(found, place)
    }

    private ofType({ node, source }: Found, place: Pick<CostAt, "start" | "end" | "name">) {
        const name = node.name?.text ?? ""
        const read = this.record({ text: "" }, name, source)
        if (read.record) {
            const heap = { heapBytes: valueBytes(read.record), besides: [] }
            return { ...place, kind: "type" as const, heap, ...read }
        }
        // An alias of something else has no fields to count.
        const members =
            this.kind(node) === "InterfaceDeclaration" ? node.members : node.type?.members
        if (!members || read.why === undefined) return undefined
        const fields = members.filter(member => this.kind(member) === "PropertySignature")
        const heap = {
            heapBytes: objectBytes(fields.length).live,
            besides: fields.flatMap(field => (this.isFlat(field.type) ? [] : [shown(field)])),
        }
        return { ...place, kind: "type" as const, heap, ...read }
    }

    /** Whether values of a type are in the object's own slot, or in flash. */
    private isFlat(type: Node | undefined): boolean {
        return (
            type !== undefined && /^(number|boolean|bool|[uif]\d+|bits<.*>)$/.test(type.getText())
        )
    }

    private ofLiteral(node: Node): CostAt | undefined {
        const { parent } = node
        const place = { start: node.getStart(), end: node.end, name: shown(node) }
        const heap = this.costs.of(node)
        const isInType = parent && /^(LiteralType|Import|Export|External)/.test(this.kind(parent))
        switch (this.kind(node)) {
            case "ObjectLiteralExpression":
            case "ArrayLiteralExpression": {
                const isArray = this.kind(node) === "ArrayLiteralExpression"
                const kind = isArray ? "array" : "object"
                const record = isArray ? {} : recordOfValue(this.ts, node)
                return { ...place, kind, heap, ...this.record(record, "It", this.source) }
            }
            case "StringLiteral":
            case "NoSubstitutionTemplateLiteral": {
                if (parent && this.kind(parent) === "TaggedTemplateExpression")
                    return this.ofBuffer(parent)
                if (isInType) return undefined
                const flashBytes = new TextEncoder().encode(node.text).length
                return { ...place, kind: "text", heap, flashBytes }
            }
            case "NumericLiteral":
                return isInType ? undefined : { ...place, kind: "number", heap }
            default:
                return undefined
        }
    }

    private ofBuffer(node: Node): CostAt | undefined {
        if (node.tag?.getText() !== "hex") return undefined
        const digits = (node.template?.text ?? "").replace(/\s/g, "")
        return {
            ...{ start: node.getStart(), end: node.end, name: shown(node) },
            ...{ kind: "buffer", heap: this.costs.of(node), flashBytes: digits.length >> 1 },
        }
    }

    /** The record of a name, among all types that its source knows. */
    private record(
        { text, why }: { text?: string; why?: string },
        name: string,
        source: Source,
    ): { record?: NamedType; why?: string } {
        if (text === undefined) return why === undefined ? {} : { why }
        const texts = this.typesFor(source)
        const own = text === "" ? "" : `interface ${name} ${text}\n`
        if (own !== "") texts.delete(name)
        try {
            const all = [own, ...texts.values()].join("\n")
            const { types } = readTypes(this.ts, all, "", name)
            return { record: types[0]! }
        } catch (error) {
            if (!(error instanceof UserError)) throw error
            return { why: error.message.replace(/^:\d+: /, "") }
        }
    }

    /** Texts of its own types and of those that it imports, by name; its own go before. */
    private typesFor(source: Source, depth = 0): Map<string, string> {
        const texts = typeTexts(this.ts, source)
        if (depth >= WIDEST_CHAIN) return texts
        const froms = new Set([...source.imports.values()].map(({ from }) => from))
        for (const from of froms) {
            const other = this.findSource(source, from)
            if (!other || other === source) continue
            for (const [name, text] of this.typesFor(other, depth + 1))
                if (!texts.has(name)) texts.set(name, text)
        }
        for (const [name, text] of texts) if (!this.isWhole(text)) texts.delete(name)
        return texts
    }

    /** What is half-typed would have the others refused with it. */
    private isWhole(text: string): boolean {
        const tree = this.ts.createSourceFile("", text, this.ts.ScriptTarget.ES2022, false)
        return tree.parseDiagnostics.length === 0
    }

    private find(name: string): Found | undefined {
        let source = this.source
        for (let i = 0; i < WIDEST_CHAIN; i++) {
            const node = source.declarations.get(name)
            if (node) return { node, source }
            const imported = source.imports.get(name)
            const other = imported && this.findSource(source, imported.from)
            if (!other) return undefined
            name = imported.name
            source = other
        }
        return undefined
    }

    private kind(node: Node): string {
        return kindOf(this.ts, node)
    }
}
