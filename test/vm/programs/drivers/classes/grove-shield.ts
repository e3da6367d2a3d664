import { XiaoGroveShield, startGroveRGBLCD16x2, startSHT30 } from "@devicescript/drivers"

new XiaoGroveShield()
const { temperature } = await startSHT30()
const lcd = await startGroveRGBLCD16x2()
setInterval(async () => {
    const degrees = await temperature.reading.read()
    await lcd.message.write(`temp: ${degrees}C`)
    console.log("turn", degrees, 0)
}, 1000)
