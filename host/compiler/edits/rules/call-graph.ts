import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"

/** Whether a function may come to call another: it names it, or names who does. */
export function reaches(from: Node, to: Node, code: ProgramCode): boolean {
    const seen = new Set<Node>()
    const open = [from]
    for (let at = open.pop(); at; at = open.pop()) {
        if (seen.has(at)) continue
        seen.add(at)
        const body = at.body ?? at.initializer ?? at
        for (const node of code.all(body)) {
            if (!code.is(node, "Identifier")) continue
            const named = code.declarationOf(node)
            if (!named || !code.isOwn(named)) continue
            const isCallable =
                code.isFunction(named) || code.is(named, "VariableDeclaration", "ClassDeclaration")
            if (!isCallable || named === at) continue
            if (named === to) return true
            const holds = code.is(named, "VariableDeclaration")
                ? named.initializer && code.isFunction(named.initializer)
                : true
            if (holds) open.push(named)
        }
        // Itself, by its own name.
        if (
            at === to &&
            from === to &&
            at.name &&
            code.usesOf(at).some(use => use !== at!.name && code.isInside(use, body))
        )
            return true
    }
    return false
}
