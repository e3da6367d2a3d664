import { expect, test } from "vitest"
import { ARCHITECTURES } from "../../host/boards/architectures"
import { programConfiguration } from "../../host/boards/program-configuration"
import { Machine, type MachineHooks } from "../../host/simulator/machine"
import { CELLS } from "../../host/simulator/work-cells"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { build, vm } from "./harness"

const ignore = () => undefined
const DEAF: MachineHooks = {
    ...{ allocated: ignore, freeing: ignore, collected: ignore, closureMade: ignore },
    ...{ created: ignore, destroying: ignore, pushing: ignore, panicking: ignore, log: ignore },
}

/** The memory of a board that was started anew for the services of a program; as one that had run, if asked. */
function startedAnew(configuration: Uint8Array, hasRun: boolean) {
    const features = ARCHITECTURES["rp2040"]!
    const machine = new Machine(vm, DEAF, emptyWorld(1), { features })
    machine.powerOn()
    const last = machine.bytes.length - 1
    machine.bytes[last] = 1
    const { instructions } = machine["vm"]
    if (hasRun) instructions.value = 1n
    machine.startServices(configuration)
    const isCleared = machine.bytes[last] === 0
    machine.bytes[last] = 0
    return { memory: machine.bytes.slice(0, machine.usedMemory()), isCleared }
}

test("clears what was written to, and all of it once a program has run", async () => {
    const { bytecode } = await build("board-services")
    const configuration = programConfiguration(bytecode)!
    const fresh = startedAnew(configuration, false)
    const whole = startedAnew(configuration, true)
    expect(Buffer.compare(fresh.memory, whole.memory)).toBe(0)
    expect(fresh.isCleared).toBe(false)
    expect(whole.isCleared).toBe(true)
})

test("begins again with all that the VM's memory begins with", () => {
    const machine = new Machine(vm, DEAF, emptyWorld(1))
    // Nothing has run: it is as the module has it.
    expect(machine["initialMemory"]().length).toBe(machine.usedMemory())
    expect(
        Buffer.compare(machine["initialMemory"](), machine.bytes.slice(0, machine.usedMemory())),
    ).toBe(0)
})

test("what the VM takes for itself ends where its counters begin", () => {
    const machine = new Machine(vm, DEAF, emptyWorld(1))
    machine.powerOn()
    const { malloc } = machine["vm"]
    let end = 0
    for (let at = malloc(10_000); at !== 0; at = malloc(10_000)) end = at + 10_000
    expect(machine.bytes.length).toBe(CELLS)
    expect(end).toBeLessThanOrEqual(CELLS)
    // All of it, but for less than what sixteen such requests take.
    expect(end).toBeGreaterThan(CELLS - 160_000)
})
