// What a program wants of its world by its own text: settings, a topic of the cloud, an I2C bus.
import { subscribeMessage } from "@devicescript/cloud"
import { i2c } from "@devicescript/i2c"
import { readSetting } from "@devicescript/settings"

console.log("host", await readSetting("MQTT_HOST"))
console.log("port", await readSetting<number>("MQTT_PORT", 1883))
console.log("user", (await readSetting("MQTT_USER")) || "nobody")
console.log("identities", await i2c.readReg(0x68, 0x75), await i2c.readReg(0x1d, 0x0d))
const samples = await i2c.readRegBuf(0x68, 0x3b, 6)
const z = (((samples[4] << 8) | samples[5]) << 16) >> 16
console.log("upright", z > 12000 && z < 20000)
await i2c.writeBuf(0x17, Buffer.from("\x17" + '{"req":"note.add"}    \n'))
await i2c.writeBuf(0x17, hex`0000`)
const available = (await i2c.readBuf(0x17, 2))[0]
await i2c.writeBuf(0x17, Buffer.from([0, available]))
const answer = await i2c.readBuf(0x17, available + 2)
console.log("notecard", answer.slice(2).toString())
subscribeMessage("door/command", told => console.log("told", told.value > 0))
