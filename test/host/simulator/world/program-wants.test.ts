import { expect, test } from "vitest"
import { wantsOf } from "../../../../host/simulator/world/program-wants"
import type { Program } from "../../../../host/model/program/program"

const of = (sources: { path: string; text?: string }[], given: string[] = []) => {
    const settings = new Map(given.map(name => [name, new Uint8Array()]))
    const debug = { sources } as unknown as Program["debug"]
    const wants = wantsOf({ debug, settings, bytecode: new Uint8Array() })
    const decoder = new TextDecoder()
    return {
        topics: wants.topics,
        hearsOutages: wants.hearsOutages,
        settings: Object.fromEntries(
            [...wants.settings].map(([name, value]) => [name, JSON.parse(decoder.decode(value))]),
        ) as unknown,
    }
}

test("settings without a value of their own are wanted, by their type and their name", () => {
    const text = `
        const url = await readSetting("API_URL")
        const port = parseInt(await Settings.readSetting('MQTT_PRT'))
        const every = await readSetting<number>(\`EVERY\`)
        const quiet = await readSetting<boolean>("QUIET")
        const key = await readSetting<string>( "IO_KEY" )
        const user = (await readSetting("IO_NAME")) || (await readSetting("IO_USER"))
        const host = await readSetting("HOST", "example.org")
        const far = await readSetting("FAR") ?? 3
        const name = await readSetting(nameOf("x"))
        await writeSetting("COUNT")
        await deleteSetting("OLD")
        const long = await readSetting("LONGER_THAN_A_BOARD_TAKES")`
    expect(of([{ path: "src/main.ts", text }]).settings).toEqual({
        API_URL: "https://example.com/simulated",
        MQTT_PRT: 8883,
        EVERY: 10,
        QUIET: true,
        IO_KEY: "simulated",
        IO_USER: "simulated-user",
    })
    expect(of([{ path: "src/main.ts", text }], ["QUIET", "API_URL"]).settings).not.toHaveProperty(
        "QUIET",
    )
})

test("topics are those that are subscribed to by name, in the program's own files", () => {
    const own = { path: "src/main.ts", text: `subscribeMessage<Told>("lamp", on)` }
    const more = {
        path: "src/b.ts",
        text: `subscribeMessage( 'door/1', on); subscribeMessage("*", on)`,
    }
    const library = {
        path: "node_modules/@devicescript/cloud/src/a.ts",
        text: `subscribeMessage("x"); readSetting("Y")`,
    }
    expect(of([own, more, library, { path: "src/c.ts" }])).toMatchObject({
        topics: ["lamp", "door/1"],
        settings: {},
    })
})

test("an outage of the wireless network is expected where somebody listens for it", () => {
    const listens = `wifi.lostIp.subscribe(() => console.log("gone"))`
    expect(of([{ path: "src/main.ts", text: listens }]).hearsOutages).toBe(true)
    expect(of([{ path: "src/main.ts", text: `wifi.gotIp.subscribe(go)` }]).hearsOutages).toBe(false)
})
