import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { isWrite } from "../values/values"
import { nodesAt } from "./made-at"

/** A copy that nobody changes, of what nobody changes, gives way to the original. */
export function original(advice: Advice, code: ProgramCode): Proposal {
    const copies = nodesAt(advice, code, "CallExpression").filter(node => isCopy(node, code))
    if (copies.length === 0) return refuse("nothing is copied there by Object.assign({}, ...)")
    return {
        title: `${copies.map(copy => copy.arguments![1]!.getText()).join(", ")}: the original in place of a copy`,
        edits: copies.map(copy => {
            const source = copy.arguments![1]!
            checkUnchanged(source, code)
            // The type that the copy was said to have is the original's own.
            const said = copy.parent
            return code.replace(code.is(said, "AsExpression") ? said : copy, source.getText())
        }),
    }
}

function isCopy(node: Node, code: ProgramCode): boolean {
    const [target, source, more] = node.arguments ?? []
    return (
        node.expression?.getText() === "Object.assign" &&
        code.is(target, "ObjectLiteralExpression") &&
        target.properties!.length === 0 &&
        code.is(source, "Identifier") &&
        more === undefined
    )
}

/** @throws Refusal when a field of such objects is ever set, or somebody tells them apart */
function checkUnchanged(source: Node, code: ProgramCode): void {
    const element = code.typeDeclaration(code.typeOf(source))
    if (!element || !code.isOwn(element)) return refuse("nothing tells what is copied")
    for (const member of element.members ?? []) {
        if (!code.is(member, "PropertySignature"))
            refuse(`${element.name?.text ?? "what is copied"} is more than its fields`)
        const write = code.usesOf(member).find(use => use !== member.name && isWrite(code, use))
        if (write) refuse(`line ${code.lineOf(write)} changes ${member.name!.getText()} of one`)
    }
    const isOne = (node: Node) => code.typeDeclaration(code.typeOf(node)) === element
    for (const node of code.all()) {
        if (
            code.is(node, "BinaryExpression") &&
            /^(Exclamation)?EqualsEquals/.test(code.kind(node.operatorToken!)) &&
            isOne(node.left!) &&
            isOne(node.right!)
        )
            refuse(`line ${code.lineOf(node)} asks whether two are the same`)
        if (
            code.is(node, "CallExpression") &&
            ["indexOf", "includes", "lastIndexOf"].includes(node.expression?.name?.text ?? "") &&
            node.arguments!.some(isOne)
        )
            refuse(`line ${code.lineOf(node)} looks for one`)
        if (
            code.is(node, "CallExpression") &&
            node.expression?.getText() === "Object.assign" &&
            isOne(node.arguments![0]!) &&
            !isCopy(node, code)
        )
            refuse(`line ${code.lineOf(node)} changes one`)
        if (code.is(node, "ElementAccessExpression") && isOne(node.expression!))
            refuse(`line ${code.lineOf(node)} takes a field by its name`)
        if (code.is(node, "AsExpression") && isOne(node.expression!) && !isOne(node))
            refuse(`line ${code.lineOf(node)} takes one for something else`)
    }
}
