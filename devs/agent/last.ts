import { sleep } from "@devicescript/core"
import { deleteSetting, readSetting, writeSetting } from "@devicescript/settings"
import { sendReports } from "./agent"

/** Names of settings in the board's flash. */
const LAST = "hs.last"
const DIED = "hs.died"
/** Characters of `Unknown encoding: buffer:0x`, after which the VM shows an address. */
const BEFORE_ADDRESS = 27
/** The first report that is kept: what dies before has hardly begun. */
const FIRST_KEPT = 16
/** Until a setting is in the flash, in milliseconds. */
const WRITE_MS = 100
/** Of what an exception says: a setting is one packet. */
const MAX_TEXT = 120

/** Where the VM has a buffer: it shows that in its log and in this error's message, and nowhere else. */
function addressOf(buffer: Buffer): string {
    try {
        buffer.toString(buffer as any)
    } catch (error) {
        return (error as Error).message.slice(BEFORE_ADDRESS)
    }
    return "0"
}

/**
 * Keeps the latest figures in the board's flash, and tells at the next start what was known of the run
 * before: in the log, and by `tell`.
 *
 * `hs3 last=7/529/530012/120/20001234/20000a10`: the run's number, its latest report that was kept, the
 * program's milliseconds then, the bytes of its probe, where that came to be and where the agent's own
 * buffer is, both in hexadecimal.
 *
 * Report 16 is kept, 24, 32, 48, 64 and so on: the last one of a run that died is at least two thirds of its
 * life, and of a run that lasts a year the flash is written 43 times, 60 bytes each time.
 *
 * It keeps 528 bytes of heap and adds about 2 kB to the program; a report allocates 250 bytes more, one that is
 * kept 1.2 kB, all garbage right after.
 *
 * @param tell gives the line to somebody as well; false when it could not: it is asked again then
 */
export async function keepReports(tell?: (line: string) => Promise<boolean>): Promise<void> {
    let before: string = await readSetting(LAST, "")
    let died: string = await readSetting(DIED, "")
    const run = before === "" ? 1 : parseInt(before) + 1
    if (before !== "") console.log(`hs3 last=${before}`)
    if (died !== "") console.log(`hs3 died=${died}`)
    if (died !== "" && !tell) await deleteSetting(DIED)
    let next = FIRST_KEPT
    let base = ""
    sendReports(async (line, probe) => {
        if (tell && before !== "" && (await tell(`hs3 last=${before}`))) before = ""
        if (tell && died !== "" && (await tell(`hs3 died=${died}`))) {
            died = ""
            await deleteSetting(DIED)
        }
        if (line.includes(" base=")) base = addressOf(probe)
        const seq = parseInt(line.slice(8))
        if (base === "" || seq < next || !line.includes(" probe=120 ")) return
        while (next <= seq) next = (next & (next - 1)) === 0 ? next + next / 2 : (next / 3) * 4
        const ms = parseInt(line.slice(line.indexOf(" ms=") + 4))
        await writeSetting(LAST, `${run}/${seq}/${ms}/120/${addressOf(probe)}/${base}`)
    })
}

/**
 * Runs a program, and keeps what an exception says that nobody catches; the board dies of it as before.
 * `keepReports` tells of it at the next start.
 */
export async function keepException(main: () => Promise<void>): Promise<void> {
    try {
        await main()
    } catch (error) {
        const { name, message } = error as Error
        await writeSetting(DIED, `${name}: ${message}`.slice(0, MAX_TEXT))
        // The board's own service writes it, in a moment.
        await sleep(WRITE_MS)
        throw error
    }
}
