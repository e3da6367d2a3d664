import { Help, type Command, type Option } from "commander"

/** Where to read on, after a message of wrong use: the help of the very command. */
export function helpHint(command: string): string {
    return `(\`${command} --help\` lists what there is)`
}

/**
 * A flag where another one's value should stand means that the value was forgotten: `--flame --json` would
 * write a file named `--json`.
 */
export function refuseFlagsAsValues(command: Command): void {
    const flags = [...command.options, ...(command.parent?.options ?? [])]
    const names = flags.flatMap(({ long, short }) => [long ?? [], short ?? []].flat())
    for (const option of command.options) {
        const value: unknown = command.getOptionValue(option.attributeName())
        const values: unknown[] = Array.isArray(value) ? value : [value]
        if (!option.isBoolean() && values.some(one => names.includes(one as string)))
            command.error(`error: option '${option.flags}' argument missing`, {
                code: "commander.optionMissingArgument",
            })
    }
}

/** What a flag does, with its default as one would type it, not as JSON: `(default: 10s)`. */
export function optionDescription(option: Option): string {
    return new Help()
        .optionDescription(option)
        .replace(/\(default: "([^"]*)"\)$/, (_, value: string) => `(default: ${value})`)
}
