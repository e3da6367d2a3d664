import { millis, reboot } from "@devicescript/core"
const kept: number[] = []
setInterval(() => {
    if (kept.length === 0) console.log(`up for ${Math.round(millis() / 100) * 100} ms`)
    kept.push(kept.length)
    if (kept.length === 5) {
        console.log("rebooting with " + kept.length)
        reboot()
    }
}, 100)
