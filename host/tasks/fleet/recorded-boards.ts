import { basename } from "node:path"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import { readSpeed } from "../speed"
import { watchRecording } from "../watch-replay"
import type { FleetSourceKind } from "./fleet-source"
import { textsOf } from "./flag-values"
import { tellSource } from "./told-source"

type Config = Extract<BoardsConfig, { recording: unknown }>

/** A recording, played as if its board reported now, for the table. */
export const recordedBoards: FleetSourceKind<Config> = {
    key: "recording",
    flags: [
        { flag: "--replay <file...>", text: "recordings, played as if their boards reported now" },
    ],
    fromFlags: flags => textsOf(flags["replay"]).map(recording => ({ recording })),
    open({ recording, name = nameOf(recording), speed }, { cwd }) {
        let notify: (text: string) => void = () => undefined
        const source = watchRecording(recording, {
            cwd,
            speed: readSpeed(speed),
            onSkipped: text => notify(text),
        })
        return {
            how: recording,
            async run(intake, signal) {
                notify = text => intake.notify(text)
                await tellSource(name, source, intake, signal)
            },
        }
    },
}

function nameOf(file: string): string {
    return basename(file).replace(/\.\w+$/, "")
}
