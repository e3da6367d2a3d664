// The order station on boards with an ESP32-S2. Wiring: README.md beside this file.
import { gpio } from "@devicescript/core"
import { configureHardware, startButton } from "@devicescript/servers"
import { openHouse } from "./house"

configureHardware({ i2c: { pinSDA: gpio(8), pinSCL: gpio(9), kHz: 400 } })
await openHouse(startButton({ pin: gpio(5) }), gpio(6))
