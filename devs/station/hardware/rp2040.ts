// The order station on a Pico or Pico W. Wiring: README.md beside this file.
import { gpio } from "@devicescript/core"
import { configureHardware, startButton } from "@devicescript/servers"
import { openHouse } from "./house"

configureHardware({ i2c: { pinSDA: gpio(4), pinSCL: gpio(5), kHz: 400 } })
await openHouse(startButton({ pin: gpio(14) }), gpio(15))
