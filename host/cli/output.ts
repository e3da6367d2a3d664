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
