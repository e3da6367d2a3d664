import { existsSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { UserError } from "../base/errors"
import { escapePattern } from "../base/escape-pattern"
import { readText } from "../base/node/read-file"
import { buildProgram, type BuildOptions } from "../compiler/node/build"
import type { Program } from "../model/program/program"

/** Where a program's named constant is: `const NAME = 100`, at the left edge of a file. */
export interface NamedConstant {
    name: string
    /** Absolute path of its file. */
    path: string
    /** Its value as written. */
    value: number
}

/**
 * Finds a constant in a program or in a file of it that it imports.
 * @param entry path of the program
 * @throws UserError when it has none of that name with a whole number as its value
 */
export function findConstant(entry: string, name: string): NamedConstant {
    const seen = new Set<string>()
    const left = [resolve(entry)]
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
        if (seen.has(path)) continue
        seen.add(path)
        const text = readText(path)
        const found = declarationOf(name).exec(text)
        if (found) return { name, path, value: Number(found[2]!.replaceAll("_", "")) }
        for (const [, from] of text.matchAll(/\bfrom\s+"(\.[^"]+)"/g)) {
            const file = resolve(dirname(path), `${from}.ts`)
            if (existsSync(file)) left.push(file)
        }
    }
    throw new UserError(
        "E_NO_CONSTANT",
        `${entry} has no line "const ${name} = <number>", and no file that it imports has one.`,
    )
}

/** The text of a file with another value for its constant. */
export function withValue(text: string, name: string, value: number): string {
    return text.replace(declarationOf(name), (_, before: string) => `${before}${value}`)
}

/** The name is the user's: what it holds besides letters is no pattern. */
function declarationOf(name: string): RegExp {
    return new RegExp(
        `^((?:export )?const ${escapePattern(name)}(?:: number)? = )(\\d[\\d_]*)(?=;?\\s*(?://|$))`,
        "m",
    )
}

/** Compiles a program with another value for its constant. Nothing is written and nothing kept. */
export function buildWith(
    entry: string,
    { name, path }: NamedConstant,
    value: number,
    options: Omit<BuildOptions, "instead"> = {},
): Promise<Program> {
    const instead = { [path]: withValue(readText(path), name, value) }
    return buildProgram(entry, { ...options, instead })
}

/** So many whole numbers from one to another, each about as many times the last: both ends are in it. */
export function valuesBetween(from: number, to: number, count: number): number[] {
    const step = (to / from) ** (1 / Math.max(1, count - 1))
    const values = Array.from({ length: count }, (_, i) => Math.round(from * step ** i))
    return [...new Set([...values.slice(0, -1), to])].filter(value => value <= to)
}

/** Between which two numbers something begins. */
export interface Onset {
    /** The greatest number that is known to be well. */
    lastGood?: number
    /** The least that is known not to be. */
    firstBad: number
}

/**
 * Narrows down from which number on something is so, by halves.
 * @param tried what is known already, in ascending order of the numbers
 * @param precision how near the two numbers come, as a part of the number; 0 is to the number itself
 * @returns undefined when it is so for none of these
 */
export async function findOnset(
    tried: readonly { value: number; isBad: boolean }[],
    isBad: (value: number) => Promise<boolean>,
    precision: number,
): Promise<Onset | undefined> {
    const at = tried.findIndex(one => one.isBad)
    if (at < 0) return undefined
    let firstBad = tried[at]!.value
    if (at === 0) return { firstBad }
    let lastGood = tried[at - 1]!.value
    while (firstBad - lastGood > Math.max(1, precision * lastGood)) {
        const middle = (lastGood + firstBad) >> 1
        if (await isBad(middle)) firstBad = middle
        else lastGood = middle
    }
    return { lastGood, firstBad }
}
