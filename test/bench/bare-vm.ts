import { findCli } from "../../host/compiler/node/cli-package"
import type { Program } from "../../host/model/program/program"
import { extractVm } from "../../host/simulator/instrument/vm-source"
import { Machine, type MachineHooks } from "../../host/simulator/machine"
import { emptyWorld } from "../../host/simulator/world/empty-world"

/** The VM as its package has it. */
const plain = new WebAssembly.Module(new Uint8Array(extractVm(findCli().bundle)))
const ignore = () => undefined
const deaf: MachineHooks = {
    allocated: ignore,
    freeing: ignore,
    collected: ignore,
    closureMade: ignore,
    created: ignore,
    destroying: ignore,
    pushing: ignore,
    panicking: ignore,
    log: ignore,
}

/** A frame of the bus that comes to the board. */
export interface Coming {
    /** Simulated microseconds since power-on. */
    atUs: number
    frame: Uint8Array
}

/**
 * Runs a program on the VM as it comes, with nothing observed: no run of ours can be quicker.
 * @param untilMs simulated milliseconds
 * @param comings what comes to the board, by time
 */
export function runBareVm(
    program: Program,
    untilMs: number,
    comings: readonly Coming[] = [],
): void {
    const machine = new Machine(plain, deaf, emptyWorld(1))
    const { clock } = machine
    machine.powerOn()
    machine.deploy(program.bytecode)
    let next = 0
    while (clock.nowUs < untilMs * 1000) {
        for (; next < comings.length && comings[next]!.atUs <= clock.nowUs; next++)
            machine.receive({ kind: "frame", frame: comings[next]!.frame })
        const start = Math.floor(clock.nowUs)
        const wake = start + Math.max(machine.process(), 1)
        clock.nowUs = Math.max(start + 1, Math.min(wake, comings[next]?.atUs ?? Infinity))
    }
}
