import { startMemoryAgent } from "./agent"

// To be imported before anything else: `import "heapscope/devs/agent/start"`. The sooner the agent
// starts, the closer its own buffer is to the heap's start, and the better the host's estimates.
startMemoryAgent()
