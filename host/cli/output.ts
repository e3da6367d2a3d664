import { createColors } from "picocolors"
import type { Style } from "../sinks/terminal/text/style"
import type { ConsoleOutput } from "./console-output"

const DEFAULT_WIDTH = 80
const MAX_WIDTH = 120

/** Colour only on a terminal, unless `NO_COLOR`, `FORCE_COLOR` or `--no-color` say otherwise. */
export function styleFor(stream: Pick<ConsoleOutput, "isTTY" | "columns">, color: boolean): Style {
    const { NO_COLOR, FORCE_COLOR, TERM } = process.env
    const wanted = FORCE_COLOR ? FORCE_COLOR !== "0" : stream.isTTY && TERM !== "dumb" && !NO_COLOR
    const width = stream.columns ?? (Number(process.env.COLUMNS) || DEFAULT_WIDTH)
    return { colors: createColors(color && !!wanted), width: Math.min(width, MAX_WIDTH) }
}

/**
 * Whether to print nothing but ASCII: `--ascii` says so, or the locale does. One that names no encoding
 * and is not C says nothing: most of those are UTF-8 today.
 * @param args bare arguments: it must be known before they are read
 */
export function isAsciiWanted(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
    const end = args.indexOf("--")
    if (args.slice(0, end < 0 ? undefined : end).includes("--ascii")) return true
    const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ""
    const [, encoding] = /\.([^@]+)/.exec(locale) ?? []
    if (encoding !== undefined) return !/^utf-?8$/i.test(encoding)
    return locale === "C" || locale === "POSIX"
}
