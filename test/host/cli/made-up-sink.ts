import { writeFileSync } from "node:fs"
import { resolve } from "node:path"
import type { SinkKind } from "../../../host/sinks/sink-kind"

/** A sink that writes a table for a spreadsheet: all that a new one takes is such a file, and its line. */
export const madeUpSink: SinkKind = {
    name: "csv",
    flag: "--csv <file>",
    text: "write what each collection left",
    isFile: true,
    isWanted: ({ flags }) => flags.csv !== undefined,
    open({ cwd, flags, about }) {
        let text = `seconds,live bytes of ${about.program.entry}\n`
        return {
            add(event) {
                if (event.kind === "gc") text += `${event.atMs / 1000},${event.liveBytes}\n`
            },
            close: () => writeFileSync(resolve(cwd, String(flags.csv)), text),
        }
    },
}
