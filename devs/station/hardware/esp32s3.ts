// The order station on boards with an ESP32-S3. Wiring: README.md beside this file.
import { gpio } from "@devicescript/core"
import { configureHardware, startButton } from "@devicescript/servers"
import { openHouse } from "./house"

configureHardware({ i2c: { pinSDA: gpio(8), pinSCL: gpio(9), kHz: 400 } })
await openHouse(startButton({ pin: gpio(4) }), gpio(5))
