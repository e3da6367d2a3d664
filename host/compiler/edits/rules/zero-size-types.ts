import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { accessOf } from "../values/values"
import { classesMadeAt } from "./made-at"

/** A class around a single value gives way to the value itself, by its type's name. */
export function oneValue(advice: Advice, code: ProgramCode): Proposal {
    const classes = classesMadeAt(advice, code)
    if (classes.length === 0) refuse("the objects are of no class that the program declares")
    const names = classes.map(one => one.name!.text).join(" and ")
    return {
        title: `${names}: the value itself in place of an object around it`,
        edits: classes.flatMap(one => unwrapped(one, code)),
    }
}

function unwrapped(declaration: Node, code: ProgramCode): TextEdit[] {
    const [made, ...others] = declaration.members ?? []
    if (
        !code.is(made, "Constructor") ||
        others.length > 0 ||
        declaration.heritageClauses ||
        declaration.typeParameters ||
        code.isExported(declaration)
    )
        refuse(`${declaration.name!.text} is more than a constructor around a value`)
    const [field, more] = made.parameters ?? []
    if (!field?.type || more || !field.modifiers || (made.body?.statements?.length ?? 0) > 0)
        refuse(`${declaration.name!.text} is made of more than one value`)
    if (!code.is(field.type, "NumberKeyword", "StringKeyword", "BooleanKeyword"))
        refuse(`the value in ${declaration.name!.text} is an object itself`)
    const edits: TextEdit[] = []
    for (const use of code.usesOf(declaration)) {
        if (use === declaration.name) continue
        const { user } = code.userOf(use)
        if (
            code.is(user, "NewExpression") &&
            user.expression === use &&
            user.arguments?.length === 1
        ) {
            const [value] = user.arguments
            const { file, start, end } = code.replace(user, "")
            // Only what is around the value goes: there may be more of these in it.
            edits.push({ file, start, end: value!.getStart(), text: "(" })
            edits.push({ file, start: value!.end, end, text: ")" })
        } else if (!code.is(user, "TypeReference"))
            refuse(`${declaration.name!.text} is used as a value in line ${code.lineOf(use)}`)
    }
    for (const use of code.usesOf(field)) {
        if (use === field.name) continue
        const access = accessOf(code, use)
        if (access === use) refuse(`${use.text} is used on its own in line ${code.lineOf(use)}`)
        edits.push({ ...code.replace(access, ""), start: access.expression!.end })
    }
    checkIdentity(declaration, code)
    // As a name for the value's type it still tells a reader, and the compiler, which is which.
    edits.push(
        code.replace(declaration, `type ${declaration.name!.text} = ${field.type!.getText()}`),
    )
    return edits
}

/** Two objects with the same value are not the same; two values are. */
function checkIdentity(declaration: Node, code: ProgramCode): void {
    const isOne = (node: Node) => code.typeDeclaration(code.typeOf(node)) === declaration
    for (const node of code.all()) {
        if (
            code.is(node, "BinaryExpression") &&
            /Equals|AmpersandAmpersand|BarBar/.test(code.kind(node.operatorToken!))
        ) {
            const isAssignment = code.is(node.operatorToken, "EqualsToken")
            if (!isAssignment && (isOne(node.left!) || isOne(node.right!)))
                refuse(
                    `objects of ${declaration.name!.text} are compared in line ${code.lineOf(node)}`,
                )
        }
        const asked = code.is(node, "PrefixUnaryExpression")
            ? node.operand
            : code.is(node, "IfStatement", "WhileStatement")
              ? node.expression
              : code.is(node, "ConditionalExpression", "ForStatement")
                ? node.condition
                : code.is(node, "TypeOfExpression")
                  ? node.expression
                  : undefined
        if (asked && isOne(asked))
            refuse(`line ${code.lineOf(node)} asks whether there is a ${declaration.name!.text}`)
        if (code.is(node, "CallExpression")) {
            const name = node.expression!.name?.text ?? ""
            if (
                ["indexOf", "includes", "lastIndexOf"].includes(name) &&
                (node.arguments ?? []).some(isOne)
            )
                refuse(
                    `objects of ${declaration.name!.text} are looked for in line ${code.lineOf(node)}`,
                )
        }
    }
}
