import type { SyntaxNode } from "../official-compiler"

/** A node of TypeScript's tree with the members that declarations of types have. */
export interface Node extends SyntaxNode {
    name?: Node
    type?: Node
    /** Of a reference to a type. */
    typeName?: Node
    typeArguments?: readonly Node[]
    typeParameters?: readonly Node[]
    heritageClauses?: readonly { types: readonly Node[] }[]
    expression?: Node
    members?: readonly Node[]
    /** Of a union. */
    types?: readonly Node[]
    elements?: readonly Node[]
    elementType?: Node
    literal?: Node
    questionToken?: Node
    initializer?: Node
    operator?: number
    operand?: Node
    /** Where it begins with the comments before it. */
    pos: number
    text?: string
}

export interface Declaration {
    kind: "InterfaceDeclaration" | "TypeAliasDeclaration" | "EnumDeclaration"
    node: Node
}
