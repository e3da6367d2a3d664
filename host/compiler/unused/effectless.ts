import { kindOf, within, type Node } from "../cost/syntax"
import type { TypeScriptParser } from "../official-compiler"

const FUNCTIONS = ["ArrowFunction", "FunctionExpression"]
const DOES_SOMETHING = [
    ...["CallExpression", "NewExpression", "AwaitExpression", "DeleteExpression"],
    ...["PrefixUnaryExpression", "PostfixUnaryExpression", "JsxElement", "JsxSelfClosingElement"],
]
/** `-1`, `!done`: of what stands before a value, these change nothing. */
const SIGN = /^[-+~!]/

/** Whether all that an expression does is to have a value: nothing is called for it, and nothing changed. */
export function isEffectless(ts: TypeScriptParser, node: Node): boolean {
    if (FUNCTIONS.includes(kindOf(ts, node))) return true
    for (const one of [node, ...within(ts, node)]) {
        const kind = kindOf(ts, one)
        if (kind === "PrefixUnaryExpression" && SIGN.test(one.getText().replace(/^(\+\+|--)/, "=")))
            continue
        if (DOES_SOMETHING.includes(kind)) return false
        const operator = kind === "BinaryExpression" ? (one.operatorToken?.getText() ?? "") : ""
        if (/^(?![=!]=|[<>]=$).*=$/.test(operator)) return false
    }
    return true
}
