/** What the compiler calls a function that stands where it is handed on. */
export const NAMELESS = "inline"

const NUMBERED = new RegExp(`^${NAMELESS}:\\d+$`)

/** A function's name, with its line where it is one of many without a name. */
export function nameWithLine(name: string, line: number | undefined): string {
    return name === NAMELESS && line !== undefined ? `${name}:${line}` : name
}

/** Takes back what `nameWithLine` added. */
export function nameWithoutLine(name: string): string {
    return NUMBERED.test(name) ? NAMELESS : name
}
