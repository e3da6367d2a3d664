import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { nodesAt } from "./made-at"

/** Buffers that begin as copies of one in flash share it until somebody writes to one. */
export function copyOnWrite(advice: Advice, code: ProgramCode): Proposal {
    const copy = nodesAt(advice, code, "CallExpression").find(
        node => node.expression?.getText() === "Buffer.from" && node.arguments?.length === 1,
    )
    const source = copy?.arguments?.[0]
    const constant =
        source && code.is(source, "Identifier") ? code.declarationOf(source) : undefined
    const put = copy?.parent
    const target = put?.left
    if (
        !copy ||
        !source ||
        !constant ||
        !code.is(constant.initializer, "TaggedTemplateExpression") ||
        !code.isConst(constant)
    )
        return refuse("what is copied is no constant in flash")
    if (
        !put ||
        !code.is(put, "BinaryExpression") ||
        !code.is(put.operatorToken, "EqualsToken") ||
        !code.is(target, "ElementAccessExpression")
    )
        return refuse("the copy goes into no list")
    const list = code.declarationOf(target.expression!)
    if (!code.is(list, "VariableDeclaration") || code.isExported(list))
        return refuse("the copies are in no list of this file")
    const shared = source.text!
    const edits: TextEdit[] = [code.replace(copy, shared)]
    for (const use of code.usesOf(list)) {
        const { user, value } = code.userOf(use)
        const where = `line ${code.lineOf(use)}`
        if (use === list.name || user === target) continue
        if (
            code.is(user, "BinaryExpression") &&
            user.left === value &&
            code.is(code.bare(user.right!), "NewExpression")
        )
            continue
        if (code.is(user, "ForOfStatement")) {
            const variable = user.initializer?.declarations?.[0]
            if (
                !variable ||
                !code.usesOf(variable).every(one => one === variable.name || isRead(one, code))
            )
                refuse(`${where} may change the buffers`)
            continue
        }
        if (!code.is(user, "ElementAccessExpression") || user.expression !== value)
            return refuse(`${where} does something else with the list`)
        if (isRead(user, code)) continue
        const index = code.bare(user.argumentExpression!)
        const write = code.statementOf(user)
        const isByte =
            code.is(user.parent, "ElementAccessExpression") &&
            code.is(user.parent.parent, "BinaryExpression") &&
            user.parent.parent.left === user.parent &&
            user.parent.parent.parent === write
        const isCall =
            code.is(user.parent, "PropertyAccessExpression") &&
            /^(setAt|fillAt|blitAt)$/.test(user.parent.name!.text!) &&
            user.parent.parent?.parent === write
        if ((!isByte && !isCall) || !code.is(index, "Identifier", "NumericLiteral"))
            return refuse(`${where} does more than to write into one`)
        const indent = code.indentOf(write)
        const check = `if (${user.getText()} === ${shared}) ${user.getText()} = Buffer.from(${shared})`
        if (code.is(write.parent, "Block", "SourceFile"))
            edits.push(code.insertBefore(write, `${check}\n${indent}`))
        else edits.push(code.insertBefore(write, `{ ${check}; `), code.insertAfter(write, " }"))
    }
    return {
        title: `${list.name!.text}: ${shared} itself until one is written to, and a copy then`,
        edits,
    }
}

/** Whether a buffer is only read where it stands: a byte, a number, its length. */
function isRead(buffer: Node, code: ProgramCode): boolean {
    const { user, value } = code.userOf(buffer)
    if (code.is(user, "ElementAccessExpression") && user.expression === value) {
        const { user: above, value: byte } = code.userOf(user)
        if (code.is(above, "BinaryExpression") && above.left === byte) return code.isRead(user)
        return code.isRead(user)
    }
    return (
        code.is(user, "PropertyAccessExpression") &&
        user.expression === value &&
        ["length", "getAt"].includes(user.name!.text!)
    )
}
