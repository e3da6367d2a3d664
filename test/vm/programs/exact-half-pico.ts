import "../../../devs/agent/start"
import { keepReadings } from "./exact-readings"
// About half of a heap of 64 kB.
await keepReadings(105)
