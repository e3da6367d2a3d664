import "../../../devs/agent/start"
import { keepReadings } from "./exact-readings"
// About half of a heap of 40 kB.
await keepReadings(50)
