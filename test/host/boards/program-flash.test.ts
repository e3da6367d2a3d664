import { expect, it } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { loadVm } from "../../../host/simulator/node/load-vm"
import { Machine } from "../../../host/simulator/machine"
import { emptyWorld } from "../../../host/simulator/world/empty-world"

/** Programs are written in units of this many bytes (`DEVSMGR_ALIGN`, one of the VM's checks). */
const UNIT_BYTES = 32
const NO_ROOM = "fstor: no free pages"

// The simulated VM has the same flash storage as an RP2040: 32 pages of 4,096 bytes.
it("is exactly what the VM's own flash storage has room for", () => {
    const { programFlashBytes } = findBoard("rp2040")
    expect(logOfDeploying(programFlashBytes)).not.toContain(NO_ROOM)
    expect(logOfDeploying(programFlashBytes + UNIT_BYTES)).toContain(NO_ROOM)
})

function logOfDeploying(bytes: number): string {
    const log: string[] = []
    const nothing = () => undefined
    const machine = new Machine(
        loadVm(),
        {
            allocated: nothing,
            freeing: nothing,
            collected: nothing,
            closureMade: nothing,
            created: nothing,
            destroying: nothing,
            pushing: nothing,
            panicking: nothing,
            log: text => log.push(text),
        },
        emptyWorld(1),
    )
    machine.powerOn()
    machine.process()
    machine.deploy(new Uint8Array(bytes))
    expect(log.join("\n")).toContain(`deploy ${bytes} b`)
    return log.join("\n")
}
