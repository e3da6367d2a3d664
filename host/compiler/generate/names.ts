import { UserError } from "../../base/errors"

/** Words as one name: `orderPlaceX`. */
export function camel(words: readonly string[]): string {
    const [first = "", ...others] = parts(words)
    return first[0]!.toLowerCase() + first.slice(1) + others.map(capital).join("")
}

/** Words as the name of a type: `OrderPlace`. */
export function pascal(words: readonly string[]): string {
    return parts(words).map(capital).join("")
}

/** Words as the name of a constant: `ORDER_PLACE_X`. */
export function constant(words: readonly string[]): string {
    return parts(words)
        .map(part => part.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase())
        .join("_")
}

/** Makes sure that what is generated has each name once. */
export class Names {
    private readonly taken = new Map<string, string>()

    /** @param where what the name is for, with file and line, as a message has it */
    take(name: string, where: string): string {
        const other = this.taken.get(name)
        if (other !== undefined)
            throw new UserError("E_SCHEMA", `${where} would be ${name}, as ${other}: rename one.`)
        this.taken.set(name, where)
        return name
    }
}

function parts(words: readonly string[]): string[] {
    const all = words.flatMap(word => word.split(/[^A-Za-z0-9]+/)).filter(part => part !== "")
    if (all.length === 0) return ["_"]
    return /^\d/.test(all[0]!) ? [`_${all[0]}`, ...all.slice(1)] : all
}

function capital(part: string): string {
    return part[0]!.toUpperCase() + part.slice(1)
}
