import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { writeWhole } from "../../base/node/write-file"
import type { OutputConfig } from "../../documents/fleet/fleet-config"
import type { Incident } from "../../documents/fleet/incident"
import type { FleetOutput, FleetOutputKind } from "./fleet-output"
import { boardId } from "./home-assistant-discovery"

type Settings = OutputConfig<"incidents">

/** More files are not written: what dies again and again is known by then. */
const MAX_FILES = 1000

/** A file for each board that died, which `sim --as` takes, for the table. */
export const incidentFiles: FleetOutputKind<Settings> = {
    key: "incidents",
    flags: [
        {
            flag: "--incidents <folder>",
            text: "write what is known of each board that dies into this folder, for `heapscope sim --as`",
        },
    ],
    fromFlags: ({ incidents }) =>
        incidents === undefined ? undefined : { folder: String(incidents) },
    open({ folder: name }, { cwd, announce }) {
        const folder = resolve(cwd, name)
        try {
            mkdirSync(folder, { recursive: true })
        } catch (error) {
            throw new UserError("E_WRITE", `${name} cannot be made: ${(error as Error).message}`)
        }
        const status = { name: "incidents", sent: 0, waiting: 0, dropped: 0 }
        const writing: Promise<void>[] = []
        let failure: string | undefined
        const write = async (incident: Incident) => {
            if (status.sent + status.dropped >= MAX_FILES) {
                status.dropped++
                return
            }
            const day = new Date(incident.atMs).toISOString().replaceAll(":", "")
            const path = join(folder, `${boardId(incident.board.name)}-${day}.json`)
            try {
                await writeWhole(path, JSON.stringify(incident, null, 4) + "\n")
                status.sent++
            } catch (error) {
                status.dropped++
                if (failure === undefined) announce((error as Error).message)
                failure = (error as Error).message
            }
        }
        return {
            incident: incident => void writing.push(write(incident)),
            status: () => ({ ...status, ...(failure !== undefined && { failure }) }),
            async close() {
                await Promise.all(writing)
            },
        } satisfies FleetOutput
    },
}
