// The order station on boards with an ESP32-C3. Wiring: README.md beside this file.
import { gpio } from "@devicescript/core"
import { configureHardware, startButton } from "@devicescript/servers"
import { openHouse } from "./house"

configureHardware({ i2c: { pinSDA: gpio(4), pinSCL: gpio(5), kHz: 400 } })
await openHouse(startButton({ pin: gpio(3) }), gpio(10))
