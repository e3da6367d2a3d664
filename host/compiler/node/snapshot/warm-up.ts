import { posix } from "node:path"
import type { ProjectFiles } from "../../project-files"

/** What most programs do, once: what the compiler needs for that is in the snapshot. */
const PROGRAM = `import * as ds from "@devicescript/core"
import { gpio, Temperature, Button, LightBulb } from "@devicescript/core"
import { startButton } from "@devicescript/servers"
import { readSetting } from "@devicescript/settings"
import { Limits, type Reading } from "./readings"

class Station {
    private readonly readings: Reading[] = []
    private worst: number | undefined
    constructor(readonly name: string, public every = 1000) {}
    keep({ place, value }: Reading, ...more: number[]): boolean {
        this.readings.push({ place, value: value + more.length })
        if (this.readings.length > Limits.Most) this.readings.shift()
        for (const reading of this.readings)
            this.worst = Math.max(this.worst ?? reading.value, reading.value)
        return this.worst === value
    }
    tell(): string {
        const texts = this.readings.filter(r => r.value > 0).map(r => \`\${r.place}: \${r.value}\`)
        return [this.name, ...texts].join(", ")
    }
}

const buffer = Buffer.alloc(8)
const counts: Record<string, number> = { a: 1 }
const sensor = new Temperature()
const button = new Button()
const lamp = new LightBulb()
const station = new Station("hall")
async function run() {
    try {
        const limit = await readSetting("limit", 20)
        for (let i = 0; i < 3; i++) buffer.setAt(i, "u8", i & 0xff)
        while (counts["a"] < 3) counts["a"] += 1
        await ds.sleep(station.every)
        if (limit > 3 && typeof limit === "number") console.log(station.tell(), buffer.length)
        else throw new Error("too little")
    } catch (error) {
        console.error(error)
    } finally {
        await lamp.toggle()
    }
}
sensor.reading.subscribe(async value => {
    if (station.keep({ place: "hall", value })) console.log("worst", value)
    switch (Math.round(value)) {
        case 1:
            await lamp.on()
            break
        default:
            counts["other"] = (counts["other"] || 0) + 1
    }
})
button.down.subscribe(async () => await run())
setInterval(async () => console.log(\`\${Object.keys(counts).length}\`), 1000)
startButton({ pin: gpio(0) })
export { station }
`

const FILES: Readonly<Record<string, string>> = {
    "package.json": "{}",
    "src/main.ts": PROGRAM,
    "src/readings.ts": `export interface Reading {
    place: string
    value: number
}
export enum Limits {
    Most = 4,
}
`,
}

/** Where the program is, on no disk. */
const FOLDER = "/warm-up"

export const WARM_UP_ENTRY = "src/main.ts"

/** A project in memory, which is compiled before the snapshot is taken. */
export const WARM_UP_FILES: ProjectFiles = {
    resolve: name => posix.resolve(FOLDER, name),
    relative: path => posix.relative(FOLDER, posix.resolve(FOLDER, path)),
    read: name => FILES[posix.relative(FOLDER, posix.resolve(FOLDER, name))],
    list: () => [],
}
