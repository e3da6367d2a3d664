import type { Advice } from "../../../documents/advice"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { nodesAt } from "./made-at"

/** Lists of the whole program that something is added to on the lines of an advice. */
export function listsPushedAt(advice: Advice, code: ProgramCode): Node[] {
    const lists = new Set<Node>()
    for (const { expression } of nodesAt(advice, code, "CallExpression")) {
        if (!code.is(expression, "PropertyAccessExpression") || expression.name?.text !== "push")
            continue
        const list = code.declarationOf(expression.expression!)
        if (code.is(list, "VariableDeclaration") && code.isOwn(list)) lists.add(list)
    }
    return [...lists]
}
