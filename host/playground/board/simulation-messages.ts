import type { Board } from "../../boards/board"
import type { ProgramStart } from "../../link/agent/program-start"
import type { HeapGraph } from "../../model/graph/graph"
import type { Program } from "../../model/program/program"
import type { IdleHeap } from "../../simulator/idle-heap"

/** What the worker that boots simulated boards is asked. Answers come in the same order. */
export type SimulationRequest =
    | { kind: "idle"; board: Board }
    | { kind: "start"; board: Board; program: Program }
    | { kind: "simulated"; board: Board; program: Program }

/** What it answers. */
export type SimulationAnswer =
    | { found: IdleHeap | ProgramStart | HeapGraph | undefined }
    | { failed: string }
