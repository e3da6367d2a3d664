import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { FleetBoard } from "../../../../host/analysis/fleet/fleet-board"
import { packageRoot } from "../../../../host/base/node/package-root"
import { discovery } from "../../../../host/sinks/fleet/home-assistant-discovery"

test("the cards show entities that a board called kitchen has in Home Assistant", () => {
    const board = new FleetBoard({
        name: "kitchen",
        about: {
            program: { entry: "" },
            board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
            vm: { version: null },
        },
    })
    const { payload } = discovery(board, { prefix: "homeassistant", base: "heapscope-fleet" })
    // As Home Assistant makes an identifier: of the device's name and the entity's.
    const known = Object.values(payload.components).map(
        ({ name }) => `sensor.${`kitchen ${name}`.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`,
    )
    const cards = readFileSync(
        join(packageRoot(), "host/sinks/fleet/monitoring/home-assistant-cards.yaml"),
        "utf8",
    )
    const shown = [...cards.matchAll(/entity: (\S+)/g)].map(([, entity]) => entity!)
    expect(shown.length).toBeGreaterThan(8)
    for (const entity of shown) expect(known).toContain(entity)
})
