import type { SyntaxNode, TypeScriptParser } from "../official-compiler"

/** A node of TypeScript's tree with the members that expressions, classes and imports have. */
export interface Node extends SyntaxNode {
    pos: number
    end: number
    parent?: Node
    name?: Node
    text?: string
    /** Of a declaration, or of `new` and a call. */
    type?: Node
    typeName?: Node
    expression?: Node
    arguments?: readonly Node[]
    elements?: readonly Node[]
    properties?: readonly Node[]
    members?: readonly Node[]
    parameters?: readonly Node[]
    initializer?: Node
    modifiers?: readonly Node[]
    heritageClauses?: readonly { types: readonly Node[] }[]
    body?: Node
    statements?: readonly Node[]
    left?: Node
    right?: Node
    operatorToken?: Node
    operator?: number
    operand?: Node
    tag?: Node
    template?: Node
    importClause?: { namedBindings?: Node }
    moduleSpecifier?: Node
    propertyName?: Node
    declarationList?: { declarations: readonly Node[] }
    exportClause?: Node
}

/** Literals' numbers have other names as well: the first and the last of a range. */
const KINDS = [
    ...["NumericLiteral", "StringLiteral", "NoSubstitutionTemplateLiteral", "TemplateExpression"],
    ...["EqualsToken", "PlusToken", "BinaryExpression", "ExpressionStatement", "ThisKeyword"],
    "VariableStatement",
]

/** The name of a node's kind, as `SyntaxKind` has it. */
export function kindOf(ts: TypeScriptParser, node: SyntaxNode): string {
    const { SyntaxKind } = ts
    return KINDS.find(name => SyntaxKind[name] === node.kind) ?? SyntaxKind[node.kind] ?? ""
}

/**
 * The innermost node that an offset is in. At the border of two, that on the right, unless only the one
 * on the left is a name.
 * @param offset in UTF-16 code units
 */
export function nodeAt(ts: TypeScriptParser, tree: Node, offset: number): Node {
    const inside = innermost(ts, tree, offset)
    if (offset === 0 || kindOf(ts, inside) === "Identifier") return inside
    const before = innermost(ts, tree, offset - 1)
    return kindOf(ts, before) === "Identifier" && before.end === offset ? before : inside
}

function innermost(ts: TypeScriptParser, tree: Node, offset: number): Node {
    for (let node = tree; ;) {
        const child = ts.forEachChild(node, one => {
            const { end } = one as Node
            return one.getStart() <= offset && offset < end ? (one as Node) : undefined
        })
        if (!child) return node
        node = child
    }
}

/** All nodes of a kind inside one, itself left out, those inside functions of their own too. */
export function* within(ts: TypeScriptParser, node: Node): Generator<Node> {
    const open = [node]
    for (let next = open.pop(); next; next = open.pop()) {
        if (next !== node) yield next
        const children: Node[] = []
        ts.forEachChild(next, child => void children.push(child as Node))
        open.push(...children.reverse())
    }
}
