// The order station that reports its memory, for a real board: the agent first, the program last, as
// it never ends.
import "../agent/start"
import "./registered"
import "./main"
