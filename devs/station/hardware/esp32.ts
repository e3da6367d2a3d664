// The order station on boards with an ESP32. Wiring: README.md beside this file.
import { gpio } from "@devicescript/core"
import { configureHardware, startButton } from "@devicescript/servers"
import { openHouse } from "./house"

configureHardware({ i2c: { pinSDA: gpio(21), pinSCL: gpio(22), kHz: 400 } })
await openHouse(startButton({ pin: gpio(13) }), gpio(27))
