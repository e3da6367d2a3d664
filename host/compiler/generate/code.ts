import { sanitize } from "../../base/sanitize"

/** The longest line that is written, as the formatter of this repository has it. */
const MOST_COLUMNS = 100

/** Lines as a text that ends with one. */
export function lines(...all: readonly string[]): string {
    return all.map(line => `${line}\n`).join("")
}

/** A comment of one line, whatever is in the text. */
export function comment(text: string): string {
    return `/** ${sanitize(text.replace(/\s+/g, " ")).replaceAll("*/", "*\\/")} */`
}

/** An exported function, its parameters one below another where they do not fit on a line. */
export function declared(
    name: string,
    parameters: readonly string[],
    type: string,
    body: readonly string[],
): string[] {
    const head = `export function ${name}(${parameters.join(", ")}): ${type} {`
    const heads =
        head.length <= MOST_COLUMNS
            ? [head]
            : [`export function ${name}(`, ...parameters.map(one => `    ${one},`), `): ${type} {`]
    return [...heads, ...body.map(line => `    ${line}`), "}"]
}
