import { ARRAY_BYTES, arrayBytes, bufferBytes, objectBytes } from "../../model/heap/object-sizes"
import type { TypeScriptParser } from "../official-compiler"
import { kindOf, within, type Node } from "./syntax"

/** What an expression makes on the board's heap, as far as its text tells. */
export interface ExpressionCost {
    /** Of blocks that stay while its value does; block headers included. */
    heapBytes: number
    /** Of an object that gets more fields later: with all that its class names. */
    fullBytes?: number
    /** What is not in it, in the source's words: `makeName()`. */
    besides: string[]
}

/** The class that a name means, if that is known. */
export type FindClass = (name: string) => Node | undefined

const MAX_DEPTH = 20
const ARITHMETIC = /^[-*/%&|^]$|^\*\*$|^<<$|^>>>?$|^[<>]=?$|^[!=]==?$/

/** Tells what expressions of a source cost. */
export class ExpressionCosts {
    constructor(
        private readonly ts: TypeScriptParser,
        private readonly findClass: FindClass,
    ) {}

    /** @param depth how many classes this one is made in */
    of(node: Node, depth = 0): ExpressionCost {
        switch (kindOf(this.ts, node)) {
            case "ObjectLiteralExpression":
                return this.object(node, depth)
            case "ArrayLiteralExpression":
                return this.array(node, depth)
            case "NewExpression":
                return this.made(node, depth)
            case "CallExpression":
                return this.called(node)
            case "TemplateExpression":
            case "FunctionExpression":
            case "ArrowFunction":
            case "AwaitExpression":
            case "ConditionalExpression":
                return besides(node)
            case "BinaryExpression":
                return this.binary(node)
            case "TaggedTemplateExpression":
                return node.tag?.getText() === "hex" ? free() : besides(node)
            case "ParenthesizedExpression":
            case "AsExpression":
            case "NonNullExpression":
            case "SatisfiesExpression":
                return node.expression ? this.of(node.expression, depth) : free()
            default:
                // Literals are in flash or in the slot itself, a name is of what is there already.
                return free()
        }
    }

    /** What `new` makes of a class, without what its constructor's arguments are. */
    ofClass(declaration: Node, depth = 0): ExpressionCost {
        const fields = new Map<string, Node | undefined>()
        const declared = new Set<string>()
        const unknown: string[] = []
        this.addFields(declaration, { fields, declared, unknown }, depth)
        const cost = free()
        for (const value of fields.values()) if (value) add(cost, this.of(value, depth + 1))
        cost.besides.push(...unknown)
        const inside = cost.heapBytes
        cost.heapBytes = inside + objectBytes(fields.size).live
        const all = new Set([...fields.keys(), ...declared]).size
        if (all > fields.size) cost.fullBytes = inside + objectBytes(all).live
        return cost
    }

    private object(node: Node, depth: number): ExpressionCost {
        const cost = free()
        const names = new Set<string>()
        for (const property of node.properties ?? []) {
            const kind = kindOf(this.ts, property)
            if (kind === "PropertyAssignment" || kind === "ShorthandPropertyAssignment") {
                names.add(property.name?.getText() ?? "")
                if (property.initializer) add(cost, this.of(property.initializer, depth))
            } else if (kind === "MethodDeclaration") {
                names.add(property.name?.getText() ?? "")
                cost.besides.push(shown(property.name ?? property))
            } else cost.besides.push(shown(property))
        }
        cost.heapBytes += objectBytes(names.size).live
        return cost
    }

    private array(node: Node, depth: number): ExpressionCost {
        const elements = node.elements ?? []
        const cost = free()
        for (const element of elements)
            if (kindOf(this.ts, element) === "SpreadElement") cost.besides.push(shown(element))
            else add(cost, this.of(element, depth))
        const length = elements.filter(
            element => kindOf(this.ts, element) !== "SpreadElement",
        ).length
        cost.heapBytes += length === 0 ? ARRAY_BYTES : arrayBytes(length)
        return cost
    }

    private made(node: Node, depth: number): ExpressionCost {
        const name = node.expression?.getText() ?? ""
        const declaration = this.findClass(name)
        if (!declaration || depth > MAX_DEPTH) return besides(node)
        const { heapBytes, besides: unknown } = this.ofClass(declaration, depth + 1)
        const cost = { heapBytes, besides: unknown }
        for (const argument of node.arguments ?? []) add(cost, this.of(argument, depth + 1))
        return cost
    }

    private called(node: Node): ExpressionCost {
        const [size] = node.arguments ?? []
        const isBuffer = /(^|\.)Buffer\.alloc$/.test(node.expression?.getText() ?? "")
        if (isBuffer && size && kindOf(this.ts, size) === "NumericLiteral")
            return { heapBytes: bufferBytes(Number(size.text)), besides: [] }
        return besides(node)
    }

    /** Numbers and truth values take nothing; with `+`, it may be a text. */
    private binary(node: Node): ExpressionCost {
        const operator = node.operatorToken?.getText() ?? ""
        if (ARITHMETIC.test(operator)) return free()
        const isNumber = (side: Node | undefined) =>
            side !== undefined && kindOf(this.ts, side) === "NumericLiteral"
        return operator === "+" && (isNumber(node.left) || isNumber(node.right))
            ? free()
            : besides(node)
    }

    private addFields(declaration: Node, found: Fields, depth: number): void {
        const [base] = (declaration.heritageClauses ?? [])
            .flatMap(({ types }) => types)
            .filter(type => this.findClass(type.expression?.getText() ?? "") !== undefined)
        const extended = base && this.findClass(base.expression!.getText())
        if (extended && extended !== declaration && depth <= MAX_DEPTH)
            this.addFields(extended, found, depth + 1)
        for (const member of declaration.members ?? []) {
            const kind = kindOf(this.ts, member)
            const isStatic = (member.modifiers ?? []).some(one => one.getText() === "static")
            if (kind === "PropertyDeclaration" && !isStatic && member.name) {
                if (member.initializer) found.fields.set(member.name.getText(), member.initializer)
                else found.declared.add(member.name.getText())
            } else if (kind === "Constructor") this.addConstructed(member, found)
        }
    }

    private addConstructed(constructor: Node, { fields }: Fields): void {
        for (const { modifiers = [], name } of constructor.parameters ?? [])
            if (
                name &&
                modifiers.some(one => /^(public|private|protected|readonly)$/.test(one.getText()))
            )
                fields.set(name.getText(), undefined)
        if (!constructor.body) return
        for (const node of within(this.ts, constructor.body)) {
            if (kindOf(this.ts, node) !== "BinaryExpression") continue
            if (node.operatorToken?.getText() !== "=") continue
            const [, name] = /^this\.(\w+)$/.exec(node.left?.getText() ?? "") ?? []
            if (name !== undefined) fields.set(name, node.right)
        }
    }
}

interface Fields {
    /** That are there when it is made, with what they are set to. */
    fields: Map<string, Node | undefined>
    declared: Set<string>
    unknown: string[]
}

function free(): ExpressionCost {
    return { heapBytes: 0, besides: [] }
}

function besides(node: Node): ExpressionCost {
    return { heapBytes: 0, besides: [shown(node)] }
}

function add(sum: ExpressionCost, { heapBytes, besides }: ExpressionCost): void {
    sum.heapBytes += heapBytes
    for (const one of besides) if (!sum.besides.includes(one)) sum.besides.push(one)
}

/** Of a source's text, on one line. */
export function shown(node: Node): string {
    const text = node.getText().replace(/\s+/g, " ")
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
